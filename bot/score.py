"""Many drill answers at once for `coach score`, by the bot's own scorer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from knowledge.loader import knowledge
from knowledge.scoring import Answer, Score, scorer

KEYS = ("objection", "style", "domain", "customer_line", "answer")


def answer_of(objection: str, style: str, domain: str, customer_line: str, text: str) -> Answer:
    """The answer of one line; raises ValueError that names what is unknown and what there is."""
    known = knowledge()
    for name, value, allowed in (("objection", objection, known.objections), ("style", style, known.styles)):
        if value not in allowed:
            raise ValueError(f'"{value}" is no {name}; use one of {", ".join(allowed)}')
    return Answer(objection, style, domain, customer_line, text)


def score_all(answers: Iterable[Answer], write: Callable[[dict[str, Any]], None]) -> None:
    """Score each answer, in order."""
    for score in scorer().score_many(answers):
        write(row_of(score))


def row_of(score: Score) -> dict[str, Any]:
    """A score as the command writes it: techniques by their Chinese names, faults by id."""
    techniques = knowledge().techniques
    return {
        "score": score.total,
        "techniques": [techniques[name].name for name in score.techniques],
        "faults": [fault.id for fault in score.faults],
        "feedback": score.feedback,
        "model_answer": score.model_answer,
    }
