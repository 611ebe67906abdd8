"""Turns of phrase that hint at checks, faults and techniques, held as data (`knowledge/score_cues.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from knowledge.loader import FOLDER, Reader, product
from knowledge.problems import Problem
from knowledge.scoring.clauses import clauses

Patterns = dict[str, tuple[re.Pattern[str], ...]]
_FIRST, _EACH = 0.25, 0.5


@lru_cache(maxsize=1)
def cues() -> dict[str, Patterns]:
    """Patterns by id of check, fault and technique, under `checks`, `faults` and `techniques`.

    Raises:
        KnowledgeError: with every pattern that is not one.
    """
    read = Reader(FOLDER)
    data = read.one("score_cues")
    read.finish(_cross_checks(data))
    return {
        kind: {name: tuple(map(re.compile, patterns)) for name, patterns in found.items()}
        for kind, found in data.items()
    }


def _cross_checks(data: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Problem]:
    """What no schema can see: strings that are no pattern, techniques that do not exist."""
    file = "knowledge/score_cues.yml"
    for kind, by_name in data.items():
        for name, patterns in by_name.items():
            for error in filter(None, map(_error, patterns)):
                yield Problem(file, f"{kind}.{name}", error, "mend the pattern")
    for name in data["techniques"].keys() - product().techniques.keys():
        yield Problem(file, name, "is no technique", "use an id of knowledge/techniques")


def _error(pattern: str) -> str:
    """Why a string is no pattern; empty if it is one."""
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


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
