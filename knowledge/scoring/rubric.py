"""The rubrics as values, read and validated from `knowledge/rubrics/` and `knowledge/score_card.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.loader import FOLDER, Reader, product
from knowledge.problems import Problem, unknown_sources

CONDUCT = "conduct"
FULL_MARKS = 100


@dataclass(frozen=True)
class Check:
    """Something an answer should do: its weight in points and the words for the score card."""

    id: str
    title: str
    weight: int
    why: str
    better: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """Something an answer should not do, and the points it costs."""

    id: str
    title: str
    cost: int
    why: str
    better: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Rubrics:
    """All rubrics: the checks by objection, the faults and the wording that all share."""

    checks: dict[str, tuple[Check, ...]]
    faults: dict[str, Fault]
    unscorable: dict[str, str]
    feedback: dict[str, Any]


@lru_cache(maxsize=1)
def rubrics() -> Rubrics:
    """The product's rubrics, read once a process.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    return load(FOLDER)


def load(folder: Path) -> Rubrics:
    """All rubrics under `folder`; raises `KnowledgeError` with every problem of every file."""
    read = Reader(folder)
    shared = read.one("score_card")
    files = {data["id"]: data for data in read.folder("rubrics", "rubric")}
    read.finish(_cross_checks(shared, files))
    return Rubrics(
        checks={name: _checks(shared["checks"], data["checks"]) for name, data in files.items()},
        faults={name: Fault(id=name, **_tuples(entry)) for name, entry in shared["faults"].items()},
        unscorable=shared["unscorable"],
        feedback=shared["feedback"],
    )


def _checks(shared: dict[str, Any], own: dict[str, Any]) -> tuple[Check, ...]:
    return tuple(Check(id=name, **_tuples({**entry, **own[name]})) for name, entry in shared.items())


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _cross_checks(shared: dict[str, Any], files: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    """What no schema can see: weights that do not add up, objections without rubric, unknown sources."""
    known = product()
    for name in sorted(files.keys() ^ known.objections.keys()):
        fix = "every objection needs one rubric of the same name"
        yield Problem(f"knowledge/rubrics/{name}.yml", "file", "objections and rubrics do not match", fix)
    cited = {"knowledge/score_card.yml": [*shared["checks"].items(), *shared["faults"].items()]}
    for name, data in files.items():
        cited[f"knowledge/rubrics/{name}.yml"] = list(data["checks"].items())
        total = sum(check["weight"] for check in data["checks"].values())
        if total != FULL_MARKS:
            fix = f"make them add up to {FULL_MARKS}"
            yield Problem(f"knowledge/rubrics/{name}.yml", "checks", f"the weights add up to {total}", fix)
    for file, entries in cited.items():
        for item, entry in entries:
            yield from unknown_sources(file, item, entry["sources"], known)
