"""The stock of daily tips (`knowledge/tips/*.yml`), and which of them a person gets next; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem, UniqueNames, unknown_sources


@dataclass(frozen=True)
class Tip:
    """One tip; `today` is a small thing to do on the same day, `objection` and `style` are ids or ""."""

    id: str
    title: str
    text: str
    today: str
    stage: str
    sources: tuple[str, ...]
    objection: str = ""
    style: str = ""


@lru_cache(maxsize=1)
def tips() -> dict[str, Tip]:
    """All tips by id, in the order of the files; read once a process.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    return load_tips(FOLDER, knowledge())


def load_tips(folder: Path, known: Knowledge) -> dict[str, Tip]:
    """The tips under `folder`, whose objections and sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    documents = read.folder("tips", "tips")
    read.finish(_cross_checks(documents, known))
    return {entry["id"]: _tip(entry, document["stage"]) for document in documents for entry in document["tips"]}


def choose(stock: Sequence[Tip], had: Sequence[str], weak: Sequence[str], turn: int) -> Tip:
    """The tip to give next.

    Args:
        stock: At least one tip.
        had: Ids that the person or team got, the latest first; none of them comes again while others are left.
        weak: Objections, the weakest first; their tips come first, but not twice in a row on the same one.
        turn: Any number; people with different ones do not all get the same tip.
    """
    fresh = [tip for tip in stock if tip.id not in set(had)]
    if not fresh:
        return min(stock, key=lambda tip: -_latest(had, tip.id))
    before = next((tip.objection for tip in stock if had and tip.id == had[0]), "")
    for objection in (*(one for one in weak if one != before), before):
        fitting = [tip for tip in fresh if tip.objection == objection]
        if objection and objection in weak and fitting:
            return fitting[turn % len(fitting)]
    return fresh[turn % len(fresh)]


def _latest(had: Sequence[str], tip_id: str) -> int:
    """How many tips were given since this one."""
    return list(had).index(tip_id)


def _tip(entry: dict[str, Any], stage: str) -> Tip:
    return Tip(**{**entry, "stage": stage, "sources": tuple(entry["sources"])})


def _cross_checks(documents: list[dict[str, Any]], known: Knowledge) -> Iterator[Problem]:
    """What no schema can see: references, repeated ids and titles."""
    names = UniqueNames()
    for document in documents:
        file = f"knowledge/tips/{document['id']}.yml"
        for entry in document["tips"]:
            item = str(entry["id"])
            yield from unknown_sources(file, item, entry["sources"], known)
            if entry.get("objection", "") not in ("", *known.objections):
                found = f"objection '{entry['objection']}' is unknown"
                yield Problem(file, item, found, "use a file name of knowledge/objections/")
            for name in (item, str(entry["title"])):
                yield from names.repeated(file, item, name)
