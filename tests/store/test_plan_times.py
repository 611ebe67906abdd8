"""When a tip is due: the hour of each receiver's own zone, days of the week, quiet hours, shifts of the clock."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from store.plan_times import Receiver, Rhythm, due_at
from store.preferences import Preferences

MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)


def someone(zone: str = "Asia/Shanghai", quiet_from: int = 22, quiet_until: int = 8) -> Receiver:
    return Receiver("1", Preferences(zone, quiet_from=quiet_from, quiet_until=quiet_until))


@pytest.mark.parametrize(
    ("zone", "utc_hour"), [("Asia/Shanghai", 1), ("Europe/Berlin", 8), ("America/New_York", 14), ("UTC", 9)]
)
def test_nine_oclock_is_nine_where_the_person_is(zone: str, utc_hour: int) -> None:
    due = due_at(someone(zone), Rhythm.DAILY, 9, MONDAY, MONDAY)
    assert due == datetime(2026, 3, 2, utc_hour, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("rhythm", "day", "comes"),
    [
        (Rhythm.DAILY, SATURDAY, True),
        (Rhythm.WEEKDAYS, SATURDAY, False),
        (Rhythm.WEEKDAYS, MONDAY, True),
        (Rhythm.ONCE, MONDAY, True),
        (Rhythm.ONCE, SATURDAY, False),
        (Rhythm.DAILY, date(2026, 3, 1), False),
    ],
)
def test_days(rhythm: Rhythm, day: date, comes: bool) -> None:
    assert (due_at(someone(), rhythm, 9, MONDAY, day) is not None) == comes


def test_a_quiet_hour_moves_it_to_the_morning_after() -> None:
    assert due_at(someone(), Rhythm.DAILY, 23, MONDAY, MONDAY) == datetime(2026, 3, 3, 0, tzinfo=timezone.utc)
    assert due_at(someone(), Rhythm.DAILY, 7, MONDAY, MONDAY) == datetime(2026, 3, 2, 0, tzinfo=timezone.utc)
    midday = someone(quiet_from=12, quiet_until=14)
    assert due_at(midday, Rhythm.DAILY, 12, MONDAY, MONDAY) == datetime(2026, 3, 2, 6, tzinfo=timezone.utc)


def test_now_means_now_but_not_at_night() -> None:
    night = datetime(2026, 3, 2, 15, 30, tzinfo=timezone.utc)  # 23:30 in Shanghai
    assert someone().not_before(night) == datetime(2026, 3, 3, 0, tzinfo=timezone.utc)
    assert someone("Europe/Berlin").not_before(night) == night
    assert someone(quiet_from=0, quiet_until=0).not_before(night) == night


def test_an_hour_that_the_clock_skips_comes_an_hour_later() -> None:
    spring = date(2026, 3, 29)  # 02:00 does not exist in Berlin
    due = due_at(someone("Europe/Berlin", 0, 0), Rhythm.DAILY, 2, spring, spring)
    assert due == datetime(2026, 3, 29, 1, tzinfo=timezone.utc)
