"""Reads and validates all knowledge data; run by `coach check` and at every start."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from knowledge.models import (
    Card,
    Knowledge,
    Objection,
    Signal,
    Source,
    Style,
    StyleGuide,
    StyleName,
    StyleUse,
    Technique,
    TechniqueUse,
)

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Problem:
    """One fault in a data file and how to mend it."""

    file: str
    item: str
    found: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.found}; {self.fix}"


class KnowledgeError(Exception):
    """The knowledge data cannot be used; `problems` lists every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class _Document:
    name: str
    stem: str
    data: Any


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; `yaml.YAMLError` where it is no YAML."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The product's own knowledge, read once a process.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    return load(FOLDER)


def load(folder: Path) -> Knowledge:
    """All knowledge under `folder`; raises `KnowledgeError` with every problem of every file."""
    problems: list[Problem] = []
    read = Reader(folder, problems)
    techniques = read.folder("techniques", "technique")
    objections = read.folder("objections", "objection")
    style_words = read.folder("style_words", "style_words")
    styles = read.folder("styles", "style")
    signals = read.folder("signals", "signal")
    topics = read.folder("cards", "cards")
    sources, slots, outside = read.one("sources"), read.one("slots"), read.one("outside")
    if problems:
        raise KnowledgeError(problems)
    result = Knowledge(
        objections={d["id"]: _objection(d) for d in objections},
        techniques={d["id"]: _value(Technique, d) for d in techniques},
        style_words={d["id"]: {s: _value(StyleUse, use) for s, use in d["styles"].items()} for d in style_words},
        styles={d["id"]: _style(d) for d in styles},
        signals={d["id"]: _value(Signal, d) for d in signals},
        cards={
            c["id"]: _value(Card, {**c, "topic": d["topic"], "label": d["label"]}) for d in topics for c in d["cards"]
        },
        sources={row: Source(id=row, **entry) for row, entry in sources.items()},
        slots=slots,
        outside={subject: tuple(questions) for subject, questions in outside.items()},
    )
    problems.extend(_cross_checks(result, topics, folder))
    if problems:
        raise KnowledgeError(problems)
    return result


class Reader:
    """Reads files of one folder and notes what is wrong with each."""

    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self._root = root
        self._problems = problems

    def one(self, name: str) -> dict[str, Any]:
        document = self._read(self._root / f"{name}.yml")
        return document.data if document and self._fits(document, name) else {}

    def folder(self, name: str, schema: str) -> list[dict[str, Any]]:
        found = []
        for path in sorted((self._root / name).glob("*.yml")):
            document = self._read(path)
            if document and self._fits(document, schema) and self._is_called_as_its_file(document):
                found.append(document.data)
        return found

    def _read(self, path: Path) -> _Document | None:
        name = f"knowledge/{path.relative_to(self._root).as_posix()}"
        try:
            data = read_yaml(path)
        except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
            self._problems.append(Problem(name, "file", f"cannot be read: {error}", "write it as UTF-8 YAML"))
            return None
        return _Document(name, path.stem, data)

    def _fits(self, document: _Document, schema: str) -> bool:
        errors = list(_validator(schema).iter_errors(document.data))
        for error in errors:
            at = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path).lstrip(".")
            self._problems.append(Problem(document.name, at or "file", _short(error.message), _fix(error)))
        return not errors

    def _is_called_as_its_file(self, document: _Document) -> bool:
        own_name = document.data.get("id", document.data.get("topic"))
        if own_name != document.stem:
            self._problems.append(
                Problem(document.name, "id", f"is '{own_name}'", f"expected '{document.stem}', as the file is called")
            )
            return False
        return True


@lru_cache(maxsize=16)
def _validator(schema: str) -> Draft7Validator:
    return Draft7Validator(json.loads((FOLDER / "schemas" / f"{schema}.json").read_text(encoding="utf-8")))


def _short(message: str) -> str:
    return message if len(message) <= 160 else message[:60] + " … " + message[-90:]


def _fix(error: Any) -> str:
    if error.validator == "maxLength":
        return f"shorten it to {error.validator_value} characters (now {len(error.instance)})"
    if error.validator == "required":
        return "add the missing key; docs/data-formats.md tells what it holds"
    if error.validator == "additionalProperties":
        return "remove or rename the key; docs/data-formats.md lists the keys"
    return f"expected {error.validator}: {error.validator_value}"


def _value(kind: type, data: dict[str, Any]) -> Any:
    names = {field.name for field in fields(kind)}
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in data.items() if key in names})


def _objection(data: dict[str, Any]) -> Objection:
    return _value(Objection, {**data, "techniques": [_value(TechniqueUse, use) for use in data["techniques"]]})


def _style(data: dict[str, Any]) -> StyleGuide:
    return _value(StyleGuide, {**data, "names": [StyleName(**name) for name in data["names"]]})


def open_slots(text: str) -> set[str]:
    """Names of the open slots in a text; raises ValueError for a stray brace."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _cross_checks(known: Knowledge, topics: list[dict[str, Any]], folder: Path) -> Iterator[Problem]:
    """What no schema can see: references between files, slots, ids used twice."""
    yield from _unknown_techniques(known)
    yield from _missing_style_words(known)
    for style in Style:
        if style.value not in known.styles:
            yield Problem(f"knowledge/styles/{style.value}.yml", "file", "is missing", "write it like the others there")
    yield from _repeated_cards(topics)
    for file, item, value in _texts(known):
        try:
            unknown = open_slots(value) - known.slots.keys()
        except ValueError:
            yield Problem(file, item, "has a stray brace", "write open slots as {brand}")
            continue
        for slot in sorted(unknown):
            yield Problem(
                file, item, f"open slot '{slot}' is unknown", "use a slot of knowledge/slots.yml or add it there"
            )
    for file, item, value in _texts_without_slots(known):
        if "{" in value or "}" in value:
            yield Problem(file, item, "has a brace, but open slots are not filled here", "name the thing in words")
    for file, item, rows in _citations(known):
        for row in rows:
            if row not in known.sources:
                yield Problem(file, item, f"source '{row}' does not exist", "use a row id of knowledge/sources.yml")


def _unknown_techniques(known: Knowledge) -> Iterator[Problem]:
    fix = "use the id of a file in knowledge/techniques/"
    for objection in known.objections.values():
        for use in objection.techniques:
            if use.id not in known.techniques:
                yield Problem(f"knowledge/objections/{objection.id}.yml", "techniques", f"'{use.id}' is unknown", fix)
    for objection_id, styles in known.style_words.items():
        for style, words in styles.items():
            if words.technique not in known.techniques:
                item = f"styles.{style}.technique"
                yield Problem(f"knowledge/style_words/{objection_id}.yml", item, f"'{words.technique}' is unknown", fix)
    for technique in known.techniques.values():
        for objection_id in technique.objections:
            if objection_id not in known.objections:
                file = f"knowledge/techniques/{technique.id}.yml"
                yield Problem(
                    file, "objections", f"'{objection_id}' is unknown", "use a file name of knowledge/objections/"
                )


def _missing_style_words(known: Knowledge) -> Iterator[Problem]:
    for objection_id in known.objections.keys() ^ known.style_words.keys():
        yield Problem(
            f"knowledge/style_words/{objection_id}.yml",
            "file",
            "objections and style_words do not match",
            "every objection needs one file in each of the two folders",
        )


def _repeated_cards(topics: list[dict[str, Any]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for topic in topics:
        for card in topic["cards"]:
            if card["id"] in seen:
                file = f"knowledge/cards/{topic['topic']}.yml"
                yield Problem(file, card["id"], f"id is used in {seen[card['id']]}.yml too", "give the card its own id")
            seen[card["id"]] = topic["topic"]


def _texts(known: Knowledge) -> Iterator[tuple[str, str, str]]:
    """(file, item, text) of every sentence that may hold open slots."""
    for technique in known.techniques.values():
        yield f"knowledge/techniques/{technique.id}.yml", "say", technique.say
    for objection in known.objections.values():
        for use in objection.techniques:
            yield f"knowledge/objections/{objection.id}.yml", f"techniques.{use.id}.say", use.say
    for objection_id, styles in known.style_words.items():
        for style, words in styles.items():
            yield f"knowledge/style_words/{objection_id}.yml", f"styles.{style}.say", words.say
    for signal in known.signals.values():
        yield f"knowledge/signals/{signal.id}.yml", "say", signal.say
    for guide in known.styles.values():
        yield f"knowledge/styles/{guide.id}.yml", "opening", guide.opening
    for card in known.cards.values():
        for page, text in enumerate((card.short, *card.more)):
            item = f"{card.id}.more[{page - 1}]" if page else f"{card.id}.short"
            yield f"knowledge/cards/{card.topic}.yml", item, text


def _texts_without_slots(known: Knowledge) -> Iterator[tuple[str, str, str]]:
    """(file, item, text) of sentences to the rep, which are shown as they are."""
    for technique in known.techniques.values():
        for key in ("idea", "why", "avoid", "next", "risk", "caution"):
            yield f"knowledge/techniques/{technique.id}.yml", key, getattr(technique, key)
    for objection in known.objections.values():
        yield f"knowledge/objections/{objection.id}.yml", "material", objection.material
        for use in objection.techniques:
            for key in ("why", "avoid", "next"):
                yield f"knowledge/objections/{objection.id}.yml", f"techniques.{use.id}.{key}", getattr(use, key)
    for objection_id, styles in known.style_words.items():
        for style, words in styles.items():
            for key in ("why", "avoid", "next", "customer_line"):
                yield f"knowledge/style_words/{objection_id}.yml", f"styles.{style}.{key}", getattr(words, key)
    for signal in known.signals.values():
        for key in ("means", "act", "dont", "next"):
            yield f"knowledge/signals/{signal.id}.yml", key, getattr(signal, key)


def _citations(known: Knowledge) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for folder, items in (
        ("techniques", known.techniques),
        ("objections", known.objections),
        ("styles", known.styles),
        ("signals", known.signals),
    ):
        for item in items.values():
            yield f"knowledge/{folder}/{item.id}.yml", "sources", item.sources
    for guide in known.styles.values():
        yield f"knowledge/styles/{guide.id}.yml", "names", tuple(name.source for name in guide.names)
    for card in known.cards.values():
        yield f"knowledge/cards/{card.topic}.yml", card.id, card.sources
