"""Two objections in one text: each wants a clause of its own, and the whole must bear both; no Rasa.

Somebody who says two things mostly says them one after the other (“太贵了，而且别家便宜”). A clause alone is easier
to read than the whole, where the louder objection drowns the other one; the whole keeps a clause from being read out
of its context.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import yaml

from nlu.classifier import Reading

PATH = Path(__file__).parent / "clauses.yml"
_MARKS = r"[，。！？；,\s…、]+"
SHORTEST_CLAUSE = 2
# What each reading of the whole counts for beside the two clauses (docs/performance.md has what was tried).
WHOLE_WEIGHT = 0.2
# Surer than this, the objection said first is the main one; below, the likelier one is.
SURE = -0.9
# What a text of one clause has instead of two clauses' logarithms, and the least that a probability counts for.
WITHOUT_CLAUSES = 2 * math.log(0.05)
LEAST_OF_WHOLE, LEAST_OF_CLAUSE, LEAST_ODDS = 1e-4, 3e-3, 1e-6


@dataclass(frozen=True)
class Pair:
    """Two objections, the main one first; `score` is a sum of logarithms, higher is likelier."""

    first: str
    second: str
    score: float


@lru_cache(maxsize=1)
def _end_of_clause() -> re.Pattern[str]:
    joints: list[str] = yaml.safe_load(PATH.read_text(encoding="utf-8"))["joints"]
    return re.compile("|".join([_MARKS, *map(re.escape, joints)]))


def clauses(text: str) -> list[str]:
    """The clauses of a text in normal form; none where it is one clause."""
    found = [clause for clause in _end_of_clause().split(text) if len(clause) >= SHORTEST_CLAUSE]
    return found if len(found) > 1 else []


def likeliest_pair(main: str, whole: Reading, parts: Sequence[Reading]) -> Pair:
    """The objection that goes best with `main`, by the reading of the whole text and those of its clauses."""
    return max(_pairs(main, whole, parts), key=lambda pair: pair.score)


def _pairs(main: str, whole: Reading, parts: Sequence[Reading]) -> Iterator[Pair]:
    chances = dict(whole.ranking)
    borne = {
        name: math.log(chances[name] + LEAST_OF_WHOLE) + _odds(presence) for name, presence in whole.objections.items()
    }
    said = [{name: math.log(p + LEAST_OF_CLAUSE) for name, p in part.ranking} for part in parts]
    for other in borne.keys() - {main}:
        by_whole = WHOLE_WEIGHT * (borne[main] + borne[other] + _odds(whole.two_objections))
        by_clauses, main_is_first = _said(main, other, said)
        score = by_whole + by_clauses
        yield Pair(main, other, score) if main_is_first or score < SURE else Pair(other, main, score)


def _said(main: str, other: str, said: Sequence[dict[str, float]]) -> tuple[float, bool]:
    """How well two different clauses say one each, and whether `main` is said first."""
    ways = [(said[one][main] + said[two][other], one < two) for one, two in permutations(range(len(said)), 2)]
    return max(ways, default=(WITHOUT_CLAUSES, True))


def _odds(probability: float) -> float:
    """Logarithm of the odds, kept finite."""
    kept = min(max(probability, LEAST_ODDS), 1 - LEAST_ODDS)
    return math.log(kept / (1 - kept))
