"""Days as a person lives them, and streaks over them; times come in as UTC."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, timezone, tzinfo


def day_of(now: datetime, zone: tzinfo) -> date:
    """The date on a person's wall."""
    return now.astimezone(zone).date()


def bounds(now: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """When a person's present day began and when it will end, in UTC."""
    today = day_of(now, zone)
    began, ends = (datetime.combine(today + timedelta(days=more), time(), zone) for more in (0, 1))
    return began.astimezone(timezone.utc), ends.astimezone(timezone.utc)


def streak(days: Collection[date], today: date, rest_days: int) -> int:
    """How many days were practised up to today, as long as never more than `rest_days` in a row were left out.

    Today without practice is no rest day yet: it is not over.
    """
    counted, resting, day = 0, 0, today if today in days else today - timedelta(days=1)
    while resting <= rest_days:
        counted, resting = (counted + 1, 0) if day in days else (counted, resting + 1)
        day -= timedelta(days=1)
    return counted


def last_days(today: date, count: int) -> list[date]:
    """The last days up to today, oldest first."""
    return [today - timedelta(days=back) for back in reversed(range(count))]
