"""Reads and checks the drill's data: `knowledge/scenarios/*.yml`, `drill_rules.yml`, `drill_words.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge import current
from knowledge.drill.models import Raised, Rules, Scenario, Words
from knowledge.loader import FOLDER, Reader, product
from knowledge.models import Knowledge
from knowledge.problems import Problem, UniqueNames, unknown_sources


def scenarios() -> Mapping[str, Scenario]:
    """All scenarios by id, the company's own among them.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    own = current.own()
    return own.scenarios if own else product_scenarios()


@lru_cache(maxsize=1)
def product_scenarios() -> dict[str, Scenario]:
    """The product's scenarios by id, read once a process; raises `KnowledgeError`."""
    return load_scenarios(FOLDER, product())


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
    read.finish([*cross_checks(documents, known), *_without_customer(documents, known)])
    return scenarios_of(documents)


def scenarios_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, Scenario]:
    """The scenarios of files by id."""
    return {entry["id"]: _scenario(entry, document) for document in documents for entry in document["scenarios"]}


def _scenario(entry: Mapping[str, Any], document: Mapping[str, Any]) -> Scenario:
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


def cross_checks(documents: Sequence[Mapping[str, Any]], known: Knowledge) -> Iterator[Problem]:
    """What no schema can see: references, repeated ids."""
    names = UniqueNames()
    for document in documents:
        file = f"knowledge/scenarios/{document['id']}.yml"
        yield from unknown_sources(file, "sources", document["sources"], known)
        for entry in document["scenarios"]:
            yield from _entry_checks(file, document["id"], entry, known)
            yield from names.repeated(file, entry["id"], entry["id"])


def _without_customer(documents: Sequence[Mapping[str, Any]], known: Knowledge) -> Iterator[Problem]:
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
