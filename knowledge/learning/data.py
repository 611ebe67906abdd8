"""Reads and checks the data of learning: `knowledge/quizzes/*.yml` and `knowledge/learning.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge import current
from knowledge.loader import FOLDER, Reader, product
from knowledge.models import Knowledge
from knowledge.problems import Problem, UniqueNames, unknown_sources
from knowledge.scoring.rubric import rubrics


@dataclass(frozen=True)
class Quiz:
    """A question with one right option; `kind` is technique, style, avoid, next or signal, the tags are ids or ""."""

    id: str
    kind: str
    question: str
    right: str
    wrong: tuple[str, ...]
    explanation: str
    sources: tuple[str, ...]
    objection: str = ""
    style: str = ""
    technique: str = ""


@dataclass(frozen=True)
class Learning:
    """The numbers and words of `knowledge/learning.yml`, which tells what each means."""

    set_items: int
    set_drills: int
    quiz_minutes: float
    drill_minutes: float
    new_a_day: int
    rest_days: int
    objection_answers: int
    skill_answers: int
    weak_below: int
    days_shown: int
    drills_shown: int
    history_page: int
    words: Mapping[str, str]
    picture: Mapping[str, str]


def quizzes() -> Mapping[str, Quiz]:
    """All questions by id, the company's own among them.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    own = current.own()
    return own.quizzes if own else product_quizzes()


@lru_cache(maxsize=1)
def product_quizzes() -> dict[str, Quiz]:
    """The product's questions by id, read once a process; raises `KnowledgeError`."""
    return load_quizzes(FOLDER, product())


@lru_cache(maxsize=1)
def learning() -> Learning:
    """The numbers, read once a process; raises `KnowledgeError`."""
    read = Reader(FOLDER)
    data = read.one("learning")
    read.finish()
    return Learning(**data)


def skills() -> dict[str, str]:
    """Titles of the checks of a drill's score by id, in the order of the score card."""
    some_rubric = next(iter(rubrics().checks.values()))
    return {check.id: check.title for check in some_rubric}


def load_quizzes(folder: Path, known: Knowledge) -> dict[str, Quiz]:
    """The questions under `folder`, whose tags and sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    documents = read.folder("quizzes", "quizzes")
    read.finish(cross_checks(documents, known))
    return quizzes_of(documents)


def quizzes_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, Quiz]:
    """The questions of files by id."""
    return {entry["id"]: _quiz(entry, document["kind"]) for document in documents for entry in document["quizzes"]}


def _quiz(entry: Mapping[str, Any], kind: str) -> Quiz:
    return Quiz(**{**entry, "kind": kind, "wrong": tuple(entry["wrong"]), "sources": tuple(entry["sources"])})


def cross_checks(documents: Sequence[Mapping[str, Any]], known: Knowledge) -> Iterator[Problem]:
    """What no schema can see: references, repeated ids, the right option among the wrong ones."""
    names = UniqueNames()
    for document in documents:
        file = f"knowledge/quizzes/{document['id']}.yml"
        for entry in document["quizzes"]:
            yield from _references(file, entry, known)
            if entry["right"] in entry["wrong"]:
                yield Problem(file, entry["id"], "the right option is among the wrong ones", "write another wrong one")
            yield from names.repeated(file, entry["id"], entry["id"])


def _references(file: str, entry: dict[str, Any], known: Knowledge) -> Iterator[Problem]:
    folders: dict[str, Mapping[str, Any]] = {
        "objection": known.objections,
        "style": known.styles,
        "technique": known.techniques,
    }
    for tag, items in folders.items():
        if tag in entry and entry[tag] not in items:
            item, found = f"{entry['id']}.{tag}", f"'{entry[tag]}' is unknown"
            yield Problem(file, item, found, f"use a file name of knowledge/{tag}s/")
    yield from unknown_sources(file, f"{entry['id']}.sources", entry["sources"], known)
