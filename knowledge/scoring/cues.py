"""The rule-based reader: turns of phrase held as data (`knowledge/score_cues.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from knowledge.loader import FOLDER, KnowledgeError, Problem, Reader, knowledge
from knowledge.scoring.clauses import clauses
from knowledge.scoring.rubric import rubrics
from knowledge.scoring.values import Answer, Mark, Reading

Patterns = dict[str, tuple[re.Pattern[str], ...]]
_PARTLY = 0.5
_RAMBLING_LENGTH = 130
_FAINT_LENGTH = 16


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


def read(answer: Answer) -> Reading:
    """Marks from turns of phrase alone."""
    pieces = clauses(answer.text)
    checks = {name: _mark(patterns, pieces) for name, patterns in cues()["checks"].items()}
    faults = {name: _mark(patterns, pieces) for name, patterns in cues()["faults"].items()}
    return Reading(
        {**checks, "fits_style": Mark(_PARTLY)},
        _by_length(faults, answer.text, checks),
        {name: _mark(patterns, pieces) for name, patterns in cues()["techniques"].items()},
    )


def _mark(patterns: Sequence[re.Pattern[str]], pieces: Sequence[str]) -> Mark:
    """Two different hints, or one hint twice, make a full mark; the evidence is the first clause that holds one."""
    hits = [piece for piece in pieces for pattern in patterns if pattern.search(piece)]
    return Mark(min(1.0, _PARTLY * len(hits) + 0.25), hits[0]) if hits else Mark(0.0)


def _by_length(faults: Mapping[str, Mark], text: str, checks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Length is no merit: a long text without a question or a fact rambles, a short one without either is empty."""
    bare = not checks["explores"].value and not checks["concrete"].value
    rambles = Mark(1.0, text[:_FAINT_LENGTH]) if len(text) > _RAMBLING_LENGTH and bare else Mark(0.0)
    empty = Mark(1.0, text[:_FAINT_LENGTH]) if bare and not checks["technique"].value else faults["empty"]
    return {**faults, "rambles": rambles, "empty": empty}


def names() -> dict[str, tuple[str, ...]]:
    """Ids of the checks (without conduct), faults and techniques that a reader marks."""
    known = rubrics()
    one = next(iter(known.checks.values()))
    return {
        "checks": tuple(check.id for check in one if check.id != "conduct"),
        "faults": tuple(known.faults),
        "techniques": tuple(cues()["techniques"]),
    }
