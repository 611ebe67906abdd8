"""Reads and checks `knowledge/checklists/*.yml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.checklists.periods import Period
from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem, unknown_sources


@dataclass(frozen=True)
class Item:
    """A thing to do; `number` is the material's, `note` tells what is to be heeded or was changed."""

    number: int
    title: str
    note: str = ""


@dataclass(frozen=True)
class LeftOut:
    """An item of the material that nobody is asked to do, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class Checklist:
    """What is to be done within each period of this length; `remind` so many days before it ends."""

    id: str
    title: str
    sources: tuple[str, ...]
    remind: int
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


@lru_cache(maxsize=1)
def checklists() -> dict[str, Checklist]:
    """All checklists by id, from the shortest period to the longest, read once a process.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    return load_checklists(FOLDER, knowledge())


def load_checklists(folder: Path, known: Knowledge) -> dict[str, Checklist]:
    """The checklists under `folder`, whose sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    documents = read.folder("checklists", "checklist")
    read.finish(_cross_checks(documents, known))
    found = {document["id"]: _checklist(document) for document in documents}
    return {period.value: found[period.value] for period in Period}


def _checklist(document: dict[str, Any]) -> Checklist:
    return Checklist(
        document["id"],
        document["title"],
        tuple(document["sources"]),
        document["remind"],
        tuple(Item(**item) for item in document["items"]),
        tuple(LeftOut(**item) for item in document["left_out"]),
    )


def _cross_checks(documents: list[dict[str, Any]], known: Knowledge) -> Iterator[Problem]:
    """What the schema cannot see: a missing list, sources, numbers used twice or not at all."""
    for period in Period:
        if period.value not in {document["id"] for document in documents}:
            file = f"knowledge/checklists/{period.value}.yml"
            yield Problem(file, "file", "is missing", "write it like the others there")
    for document in documents:
        file = f"knowledge/checklists/{document['id']}.yml"
        yield from unknown_sources(file, "sources", document["sources"], known)
        numbers = Counter(item["number"] for item in (*document["items"], *document["left_out"]))
        for number in range(1, max(numbers) + 1):
            if numbers[number] != 1:
                fix = "put every item of the material once, under items or left_out"
                yield Problem(file, f"number {number}", f"stands {numbers[number]} times", fix)
