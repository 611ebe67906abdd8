"""Reads and checks `knowledge/customer_card.yml`, what a rep notes about a customer; finds customers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.language import normalise
from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem, UniqueNames, unknown_sources

FILE = "knowledge/customer_card.yml"


@dataclass(frozen=True)
class Field:
    """A field of the card and how the rep is asked for it."""

    id: str
    title: str
    ask: str


@dataclass(frozen=True)
class TrustStage:
    """A stage of the relationship and the sign by which it is known."""

    id: str
    title: str
    sign: str


@dataclass(frozen=True)
class DayWords:
    """Words for a day → days from today; names of the weekdays from Monday on; numbers and units in days;
    (title, days) of buttons."""

    words: Mapping[str, int]
    weekdays: str
    sunday: str
    numbers: Mapping[str, int]
    units: Mapping[str, int]
    choices: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CustomerCardRules:
    """Fields and stages in order; limits in cards, entries of a field and characters."""

    fields: dict[str, Field]
    trust: dict[str, TrustStage]
    most_cards: int
    most_entries: int
    most_characters: int
    most_name: int
    longer_titles: tuple[str, ...]
    days: DayWords


@lru_cache(maxsize=1)
def customer_card() -> CustomerCardRules:
    """The product's own rules, read once a process; raises `KnowledgeError`."""
    return load_customer_card(FOLDER, knowledge())


def load_customer_card(folder: Path, known: Knowledge) -> CustomerCardRules:
    """The rules under `folder`, whose sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    data = read.one("customer_card")
    read.finish(_cross_checks(data, known))
    days = data["days"]
    choices = tuple((choice["title"], choice["days"]) for choice in days["choices"])
    return CustomerCardRules(
        fields={field["id"]: Field(**field) for field in data["fields"]},
        trust={stage["id"]: TrustStage(**stage) for stage in data["trust"]},
        longer_titles=tuple(data["longer_titles"]),
        days=DayWords(**{**days, "choices": choices}),
        **{name: value for name, value in data.items() if name.startswith("most_")},
    )


def named_in(text: str, names: Mapping[int, str]) -> int | None:
    """Which customer a text names: the id of the longest name that stands in it; None for none.

    “王总监” names no 王总.
    """
    words = normalise(text)
    found = [(len(name), customer) for customer, name in names.items() if _stands_in(normalise(name), words)]
    return max(found)[1] if found else None


def _stands_in(name: str, words: str) -> bool:
    longer = customer_card().longer_titles
    ends = (match.end() - 1 for match in re.finditer(re.escape(name), words))
    return any(not words.startswith(longer, end) for end in ends)


def _cross_checks(data: dict[str, Any], known: Knowledge) -> Iterator[Problem]:
    yield from unknown_sources(FILE, "sources", data["sources"], known)
    for part in ("fields", "trust"):
        ids = UniqueNames()
        for entry in data[part]:
            yield from ids.repeated(FILE, part, entry["id"])
