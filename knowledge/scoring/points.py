"""Points that add up to the reader's view of the whole, shared out by what the checks and faults show."""

from __future__ import annotations

from collections.abc import Sequence

# A fault that was found costs at least this much, however good the rest is.
LEAST_COST = 5
_HALVINGS = 40


def shared_out(weights: Sequence[int], marks: Sequence[float], total: float) -> list[int]:
    """Whole points for checks of these weights and marks (0 to 1), which add up to `total` as far as the weights allow.

    All marks are raised or lowered by one factor; none goes beyond its weight.
    """
    total = min(max(total, 0), sum(weights))
    low, high = 0.0, sum(weights) / max(1e-3, min((m for m in marks if m > 0), default=1.0))
    seen = [max(mark, 1e-3) for mark in marks]
    for _ in range(_HALVINGS):
        factor = (low + high) / 2
        reached = sum(weight * min(1.0, mark * factor) for weight, mark in zip(weights, seen, strict=True))
        low, high = (factor, high) if reached < total else (low, factor)
    return rounded([weight * min(1.0, mark * high) for weight, mark in zip(weights, seen, strict=True)], round(total))


def rounded(points: Sequence[float], total: int) -> list[int]:
    """Whole numbers that add up to `total`: what is left over goes to the largest remainders."""
    whole = [int(value) for value in points]
    by_remainder = sorted(range(len(points)), key=lambda place: whole[place] - points[place])
    for place in by_remainder[: max(0, total - sum(whole))]:
        whole[place] += 1
    return whole


def conduct_points(weight: int, total: float, others: int, fault_count: int) -> int:
    """What is left for conduct out of `weight` when the other checks can take `others` points at most.

    Without a fault it is the whole weight, as far as the total goes; with faults what the total leaves when the other
    checks keep what they have shown, at most the weight less the faults' least cost.
    """
    if not fault_count:
        return min(weight, round(total))
    return min(weight - LEAST_COST * fault_count, round(total) - others)
