"""Reads and checks `knowledge/visit_review.yml`: the questions after a visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem, UniqueNames, unknown_sources

FILE = "knowledge/visit_review.yml"


@dataclass(frozen=True)
class ReviewQuestion:
    """One question, and its name in the summary."""

    id: str
    title: str
    ask: str


@dataclass(frozen=True)
class VisitReviewRules:
    """The questions in order; answers of at most so many characters, the newest `kept` reviews."""

    questions: tuple[ReviewQuestion, ...]
    most_characters: int
    kept: int
    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def visit_review() -> VisitReviewRules:
    """The product's own rules, read once a process; raises `KnowledgeError`."""
    return load_visit_review(FOLDER, knowledge())


def load_visit_review(folder: Path, known: Knowledge) -> VisitReviewRules:
    """The rules under `folder`, whose sources `known` holds; raises `KnowledgeError`."""
    read = Reader(folder)
    data = read.one("visit_review")
    read.finish(_cross_checks(data, known))
    questions = tuple(ReviewQuestion(**question) for question in data["questions"])
    return VisitReviewRules(questions, data["most_characters"], data["kept"], tuple(data["sources"]))


def _cross_checks(data: dict[str, Any], known: Knowledge) -> Iterator[Problem]:
    yield from unknown_sources(FILE, "sources", data["sources"], known)
    ids = UniqueNames()
    for question in data["questions"]:
        yield from ids.repeated(FILE, "questions", question["id"])
