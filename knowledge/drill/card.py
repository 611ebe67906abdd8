"""The score of a whole talk from the scores of its answers.

A check counts at its best: who asked for the cause in the first answer need not ask again in the third. Conduct counts
in every answer, on average: it also holds what an answer lost by talking past the customer, and each answer can do so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from knowledge.scoring import CheckResult, Score
from knowledge.scoring.rubric import CONDUCT, FULL_MARKS


@dataclass(frozen=True)
class Graded:
    """One answer that was scored: the number of its attempt, of its turn (from 1), and the score."""

    attempt: int
    turn: int
    score: Score


@dataclass(frozen=True)
class Point:
    """A check or fault on the card, and the attempt that it comes from."""

    result: CheckResult
    attempt: int


@dataclass(frozen=True)
class Card:
    """What a talk was worth: `gain` is the one thing to do better, `retry` the turn to try again."""

    total: int
    checks: tuple[Point, ...]
    faults: tuple[Point, ...]
    gain: CheckResult | None
    retry: int


def card(graded: Sequence[Graded]) -> Card:
    """The card of a talk with at least one scored answer; weights are those of its first objection."""
    checks = tuple(_merged(check, graded) for check in graded[0].score.checks)
    faults = _faults(graded)
    total = max(0, min(FULL_MARKS, round(sum(point.result.points for point in checks))))
    gain = _gain(checks, faults)
    weakest = min(graded, key=lambda one: (one.score.total, one.turn)).turn
    at_fault = {point.result.id: _turn(point, graded) for point in faults}
    return Card(total, checks, faults, gain, at_fault.get(gain.id, weakest) if gain else weakest)


def _merged(first: CheckResult, graded: Sequence[Graded]) -> Point:
    """One check over all answers, in points of the first."""
    found = [Point(check, one.attempt) for one in graded for check in one.score.checks if check.id == first.id]
    if first.id == CONDUCT:
        worst = min(found, key=lambda point: point.result.points)
        mean = round(sum(point.result.points for point in found) / len(found))
        return Point(replace(worst.result, points=mean), worst.attempt)
    best = max(found, key=lambda point: point.result.points / point.result.max_points)
    share = best.result.points / best.result.max_points
    return Point(
        replace(best.result, points=round(share * first.max_points), max_points=first.max_points), best.attempt
    )


def _faults(graded: Sequence[Graded]) -> tuple[Point, ...]:
    """Every fault once with what it cost the talk, the gravest first: as conduct is a mean, so is this."""
    found: dict[str, list[Point]] = {}
    for one in graded:
        for fault in one.score.faults:
            found.setdefault(fault.id, []).append(Point(fault, one.attempt))
    costs = {name: sum(point.result.points for point in points) / len(graded) for name, points in found.items()}
    shown = (
        Point(replace(points[0].result, points=min(-1, round(costs[name]))), points[0].attempt)
        for name, points in found.items()
    )
    return tuple(sorted(shown, key=lambda point: point.result.points))


def _gain(checks: Sequence[Point], faults: Sequence[Point]) -> CheckResult | None:
    """The gravest fault if it costs most, else the check with most points left."""
    open_checks = [point.result for point in checks if point.result.verdict != "yes" and point.result.id != CONDUCT]
    options = [*(point.result for point in faults), *open_checks]
    return max(options, key=lambda result: result.max_points - result.points, default=None)


def _turn(point: Point, graded: Sequence[Graded]) -> int:
    return next(one.turn for one in graded if one.attempt == point.attempt)


def to_data(score: Score) -> dict[str, Any]:
    """A score as JSON, for keeping."""
    return asdict(score)


def from_data(data: Mapping[str, Any]) -> Score:
    """A score that was kept."""
    gain = data["best_gain"]
    return Score(
        **{
            **data,
            "checks": tuple(map(_check, data["checks"])),
            "faults": tuple(map(_check, data["faults"])),
            "techniques": tuple(data["techniques"]),
            "best_gain": _check(gain) if gain else None,
        }
    )


def _check(data: Mapping[str, Any]) -> CheckResult:
    return CheckResult(**{**data, "source": tuple(data["source"])})
