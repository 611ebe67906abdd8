"""Turns of phrase that hint at checks, faults and techniques, held as data (`knowledge/score_cues.yml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.loader import FOLDER, KnowledgeError, Problem, Reader, knowledge
from knowledge.scoring.clauses import clauses

Patterns = dict[str, tuple[re.Pattern[str], ...]]
_FIRST, _EACH = 0.25, 0.5


@lru_cache(maxsize=1)
def cues() -> dict[str, Patterns]:
    """Patterns by id of check, fault and technique, under `checks`, `faults` and `techniques`.

    Raises:
        KnowledgeError: with every pattern that is not one.
    """
    problems: list[Problem] = []
    data = Reader(FOLDER, problems).one("score_cues")
    if not problems:
        compiled = {
            kind: {name: _compiled(kind, name, found, problems) for name, found in data[kind].items()} for kind in data
        }
        for name in set(compiled["techniques"]) - set(knowledge().techniques):
            problems.append(
                Problem("knowledge/score_cues.yml", name, "is no technique", "use an id of knowledge/techniques")
            )
    if problems:
        raise KnowledgeError(problems)
    return compiled


def _compiled(kind: str, name: str, patterns: Sequence[str], problems: list[Problem]) -> tuple[re.Pattern[str], ...]:
    found = []
    for pattern in patterns:
        try:
            found.append(re.compile(pattern))
        except re.error as error:
            problems.append(Problem("knowledge/score_cues.yml", f"{kind}.{name}", str(error), "mend the pattern"))
    return tuple(found)


def hints(text: str) -> dict[str, dict[str, float]]:
    """How much a text hints at each check, fault and technique, 0 to 1, by kind and id."""
    pieces = clauses(text)
    return {
        kind: {name: _hint(patterns, pieces) for name, patterns in by_name.items()} for kind, by_name in cues().items()
    }


def _hint(patterns: Sequence[re.Pattern[str]], pieces: Sequence[str]) -> float:
    """One hint is worth most of it; a second one makes it certain."""
    hits = sum(bool(pattern.search(piece)) for piece in pieces for pattern in patterns)
    return min(1.0, _EACH * hits + _FIRST) if hits else 0.0
