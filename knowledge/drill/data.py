"""Reads and checks the drill's data: `knowledge/scenarios/*.yml`, `drill_rules.yml`, `drill_words.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.drill.models import Raised, Rules, Scenario, Words
from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem, UniqueNames, unknown_sources


@lru_cache(maxsize=1)
def scenarios() -> dict[str, Scenario]:
    """All scenarios by id, read once a process.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    return load_scenarios(FOLDER, knowledge())


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules, read once a process; raises `KnowledgeError`."""
    data = _one("drill_rules")
    return Rules(**{**data, "faces": tuple((below, face) for below, face in data["faces"])})


@lru_cache(maxsize=1)
def words() -> Words:
    """The short texts, read once a process; raises `KnowledgeError`."""
    return Words(**_one("drill_words"))


def _one(name: str) -> dict[str, Any]:
    read = Reader(FOLDER)
    data = read.one(name)
    read.finish()
    return data


def load_scenarios(folder: Path, known: Knowledge) -> dict[str, Scenario]:
    """The scenarios under `folder`, whose objections and sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    documents = read.folder("scenarios", "scenarios")
    read.finish(_cross_checks(documents, known))
    return {entry["id"]: _scenario(entry, document) for document in documents for entry in document["scenarios"]}


def _scenario(entry: dict[str, Any], document: dict[str, Any]) -> Scenario:
    return Scenario(
        **{
            **entry,
            "objection": document["id"],
            "sources": tuple(document["sources"]),
            "hidden": _raised(entry["hidden"]),
            "second": _raised(entry["second"]),
            "lines": {reaction: tuple(lines) for reaction, lines in entry["lines"].items()},
        }
    )


def _raised(data: dict[str, Any]) -> Raised:
    return Raised(data["objection"], tuple(data["lines"]), data.get("concern", ""))


def _cross_checks(documents: list[dict[str, Any]], known: Knowledge) -> Iterator[Problem]:
    """What no schema can see: references, repeated ids, objections without a customer."""
    names = UniqueNames()
    for document in documents:
        file = f"knowledge/scenarios/{document['id']}.yml"
        yield from unknown_sources(file, "sources", document["sources"], known)
        for entry in document["scenarios"]:
            yield from _entry_checks(file, document["id"], entry, known)
            yield from names.repeated(file, entry["id"], entry["id"])
    for objection in known.objections.keys() ^ {document["id"] for document in documents}:
        file = f"knowledge/scenarios/{objection}.yml"
        yield Problem(
            file, "file", "objections and scenarios do not match", "every objection needs a file of customers"
        )


def _entry_checks(file: str, objection: str, entry: dict[str, Any], known: Knowledge) -> Iterator[Problem]:
    for key in ("hidden", "second"):
        if entry[key]["objection"] not in known.objections:
            found = f"'{entry[key]['objection']}' is unknown"
            yield Problem(file, f"{entry['id']}.{key}", found, "use a file name of knowledge/objections/")
    if entry["second"]["objection"] == objection:
        yield Problem(file, f"{entry['id']}.second", "is the first objection again", "raise another objection")
