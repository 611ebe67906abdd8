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


def last_day_of(period: Period, day: date) -> date:
    """The last day of the period that `day` belongs to."""
    start = start_of(period, day)
    if period in (Period.DAY, Period.WEEK):
        return start + timedelta(days=6 * (period is Period.WEEK))
    months = start.month - 1 + MONTHS[period.value]
    return date(start.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def is_in_use(period: Period, ticked_on: date | None, day: date) -> bool:
    """Whether a list was ticked lately: in this period or the one before, and a week ago at the farthest."""
    if ticked_on is None:
        return False
    since = before(period, start_of(period, day))
    return ticked_on >= min(since, day - timedelta(days=7))


def is_near_its_end(period: Period, day: date, days: int) -> bool:
    """Whether the period ends within so many days; nobody is reminded of a day's list at the weekend."""
    return (last_day_of(period, day) - day).days <= days and not _is_day_off(period, day)


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
