"""What no schema can see of objections, techniques, styles, signals and cards: references, open slots, repeated ids."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

from knowledge.models import Knowledge, Style
from knowledge.problems import Problem, UniqueNames, unknown_sources


def open_slots(text: str) -> set[str]:
    """Names of the open slots in a text; raises ValueError for a stray brace."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def cross_checks(known: Knowledge, topics: list[dict[str, Any]]) -> Iterator[Problem]:
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
        yield from unknown_sources(file, item, rows, known)


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
    names = UniqueNames()
    for topic in topics:
        for card in topic["cards"]:
            yield from names.repeated(f"knowledge/cards/{topic['topic']}.yml", card["id"], card["id"])


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
