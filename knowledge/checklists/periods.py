"""Days, weeks, months and longer periods of a checklist; dates are those of the rep's own time zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

SATURDAY = 5
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Period(Enum):
    """How often a checklist is done, from short to long."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


def start_of(period: Period, day: date) -> date:
    """The first day of the period that `day` belongs to; weeks begin on Monday."""
    if period is Period.DAY:
        return day
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    months = MONTHS[period.value]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def before(period: Period, start: date) -> date:
    """The first day of the period before the one that begins at `start`."""
    return start_of(period, start - timedelta(days=1))


def streak(period: Period, starts: Iterable[date], now: date) -> int:
    """How many periods in a row something was ticked, up to the one of `now`, which may still be empty.

    A weekend without ticks breaks no row of days, and adds nothing to it.
    """
    ticked, current = set(starts), start_of(period, now)
    count = int(current in ticked)
    current = before(period, current)
    while current in ticked or _is_day_off(period, current):
        count += current in ticked
        current = before(period, current)
    return count


def _is_day_off(period: Period, start: date) -> bool:
    return period is Period.DAY and start.weekday() >= SATURDAY
