"""Checks the dialogue data: dead intents, replies and actions, repeated titles, Chinese text rules, button sizes.

Rasa's validator only warns of most of these and still passes (docs/decisions.md). Run by `coach check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dialogues.actions._reply import PAYLOAD_BYTES
from dialogues.labels import all_labels
from knowledge.loader import knowledge
from knowledge.problems import KnowledgeError
from nlu.registry import registry

FOLDER = Path(__file__).parent
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?][\u4e00-\u9fff]")
_ACTION_NAME = re.compile(r'return "(action_\w+)"')
_LABEL = re.compile(r'\blabels?\(\s*"(\w+)"(?: if .+? else "(\w+)")?')
_BUILT_IN = {"nlu_fallback", "utter_default"}
# The longest things that cards put into a button beside their own id: `/show_page{"card":"","page":"9"}`.
_PAGE_PAYLOAD = len('/show_page{"card":"","page":"9"}')


def problems() -> list[str]:
    """Every problem, as `file: item: found; fix`."""
    domain = _merged("domain")
    turns = [*_documents("rules", "rules"), *_documents("stories", "stories")]
    used = _used(turns)
    return [
        *_intents(domain, used),
        *_actions(domain, used),
        *_replies(domain, used),
        *_titles(turns),
        *_texts(domain),
        *_buttons(),
        *_labels(),
    ]


def _files(folder: str) -> Iterator[tuple[str, Any]]:
    for path in sorted((FOLDER / folder).glob("*.yml")):
        yield f"dialogues/{folder}/{path.name}", yaml.safe_load(path.read_text(encoding="utf-8"))


def _merged(folder: str) -> dict[str, dict[str, tuple[str, Any]]]:
    """{section: {name: (file, content)}} over all domain files."""
    merged: dict[str, dict[str, tuple[str, Any]]] = {}
    for file, content in _files(folder):
        for section, items in content.items():
            if isinstance(items, list):
                items = {next(iter(i)) if isinstance(i, dict) else i: i for i in items}
            if isinstance(items, dict):
                merged.setdefault(section, {}).update({name: (file, item) for name, item in items.items()})
    return merged


def _documents(folder: str, key: str) -> list[tuple[str, Any]]:
    return [(file, entry) for file, content in _files(folder) for entry in content[key]]


def _used(turns: list[tuple[str, Any]]) -> set[str]:
    """Every intent and action named in rules and stories."""
    names: set[str] = set()
    for _, entry in turns:
        for step in entry["steps"]:
            for option in step.get("or", [step]):
                names |= {option[key] for key in ("intent", "action") if key in option}
    return names


def _intents(domain: dict[str, Any], used: set[str]) -> Iterator[str]:
    registered = registry().intents
    for name, (file, _) in domain["intents"].items():
        if name not in registered and name not in _BUILT_IN:
            yield f"{file}: intent {name}: is not in nlu/intents.yml; register it or remove it"
        if name not in used:
            yield f"{file}: intent {name}: no rule or story answers it; write one or remove it"
    for name, entry in registered.items():
        if name not in domain["intents"]:
            yield f"nlu/intents.yml: {name}: is in no file of dialogues/domain; add it to {entry.skill}.yml"
        elif domain["intents"][name][0] != f"dialogues/domain/{entry.skill}.yml":
            yield f"nlu/intents.yml: {name}: skill is {entry.skill}, but {domain['intents'][name][0]} holds it"
    mapped = {m.get("intent") for m in domain["slots"]["objection"][1]["mappings"]}
    for name, entry in registered.items():
        if entry.is_objection and name not in mapped:
            yield f"dialogues/domain/_shared.yml: slot objection: intent {name} has no mapping; add one"
    try:
        missing = {name for name, entry in registered.items() if entry.is_objection} ^ knowledge().objections.keys()
    except KnowledgeError:
        return  # reported by the knowledge's own check
    for name in sorted(missing):
        yield f"knowledge/objections/{name}.yml: objections and nlu/intents.yml do not match; add what is missing"


def _actions(domain: dict[str, Any], used: set[str]) -> Iterator[str]:
    written = {
        name: path.name
        for path in (FOLDER / "actions").glob("*.py")
        for name in _ACTION_NAME.findall(path.read_text(encoding="utf-8"))
    }
    asked = tuple(_asking(domain))
    core_fallback = (FOLDER.parent / "nlu" / "config.yml").read_text(encoding="utf-8")
    for _, slot in domain["slots"].values():
        used = used | {mapping["action"] for mapping in slot["mappings"] if "action" in mapping}
    for name, (file, _) in domain["actions"].items():
        if name not in written:
            yield f"{file}: action {name}: no file of dialogues/actions has it; write it or remove it"
        if name not in used and name not in core_fallback and not name.startswith(asked):
            yield f"{file}: action {name}: no rule or story runs it; use it or remove it"
    for name, file in written.items():
        if name not in domain["actions"]:
            yield f"dialogues/actions/{file}: action {name}: is in no domain file; add it"


def _asking(domain: dict[str, Any]) -> Iterator[str]:
    """What Rasa itself runs to ask for a slot of a form: for all forms, or for this one."""
    for name, form in domain.get("forms", {}).items():
        yield f"action_ask_{name}_"
        yield from (f"action_ask_{slot}" for slot in form[1]["required_slots"])


def _replies(domain: dict[str, Any], used: set[str]) -> Iterator[str]:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "actions").glob("*.py"))
    forms = tuple(f"utter_ask_{form}_" for form in domain.get("forms", {}))
    for name, (file, _) in domain["responses"].items():
        if name not in used | _BUILT_IN and f'"{name}"' not in code and not name.startswith(forms):
            yield f"{file}: reply {name}: nothing says it; use it or remove it"
    for name in set(re.findall(r'"(utter_\w+)"', code)) | {n for n in used if n.startswith("utter_")}:
        if name not in domain["responses"]:
            yield f"dialogues/domain: reply {name}: is used, but no file holds it; write it"


def _titles(turns: list[tuple[str, Any]]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for file, entry in turns:
        title = entry.get("rule") or entry.get("story")
        if title in seen:
            yield f"{file}: “{title}”: is a title in {seen[title]} too; give each its own"
        seen[title] = file


def _texts(domain: dict[str, Any]) -> Iterator[str]:
    for name, (file, variants) in domain["responses"].items():
        for variant in variants:
            text = variant.get("text", "")
            if _HALF_WIDTH.search(text):
                yield f"{file}: reply {name}: half-width punctuation between Chinese characters; use full-width"
            if "\n\n" in text:
                yield f"{file}: reply {name}: has an empty line, at which Rasa splits a message; remove it"
            yield from _fixed_buttons(file, name, variant.get("buttons", []))


def _fixed_buttons(file: str, name: str, buttons: list[dict[str, str]]) -> Iterator[str]:
    for button in buttons:
        payload = button["payload"]
        if payload.startswith("/") and payload.partition("{")[0][1:] not in registry().intents:
            yield f"{file}: reply {name}: button {payload} names no intent of nlu/intents.yml; correct it"


def _buttons() -> Iterator[str]:
    try:
        cards = knowledge().cards
    except KnowledgeError:
        return
    for card in cards.values():
        if len(card.id) + _PAGE_PAYLOAD > PAYLOAD_BYTES:
            fix = f"shorten it to {PAYLOAD_BYTES - _PAGE_PAYLOAD} characters, for a button carries 64 bytes"
            yield f"knowledge/cards/{card.topic}.yml: {card.id}: id is too long; {fix}"


def _labels() -> Iterator[str]:
    """Labels that no action uses, or that are used and not there."""
    known, used = all_labels(), set()
    for path in sorted((FOLDER / "actions").glob("*.py")):
        for found in _LABEL.findall(path.read_text(encoding="utf-8")):
            for name in filter(None, found):
                used.add(name)
                if name not in known:
                    yield f"dialogues/labels.yml: {name}: {path.name} uses it, but it is not there; add it"
    for name in known.keys() - used:
        yield f"dialogues/labels.yml: {name}: no action uses it; remove it"
