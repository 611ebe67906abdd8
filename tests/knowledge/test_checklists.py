"""The lists hold every item of the material once; periods, rows of them, and what is left over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checklists.board import OwnItem, entries, pages
from knowledge.checklists.data import checklists, load_checklists
from knowledge.checklists.periods import Period, before, start_of, streak
from knowledge.loader import FOLDER, knowledge
from knowledge.problems import KnowledgeError

MONDAY = date(2026, 3, 2)


def test_all_99_items_of_the_material_are_listed_or_left_out_with_the_reason() -> None:
    counts = {name: len(c.items) + len(c.left_out) for name, c in checklists().items()}
    assert counts == {"day": 27, "week": 19, "month": 17, "quarter": 12, "half_year": 12, "year": 12}


def test_the_doubtful_items_are_not_asked_of_anybody() -> None:
    lists = checklists()
    assert {item.number for item in lists["month"].left_out} == {2}
    assert {item.number for item in lists["day"].left_out} == {13, 19}
    noted = {(name, item.number) for name, c in lists.items() for item in c.items if item.note}
    doubtful = {("day", 14), ("day", 15), ("day", 16), ("week", 2), ("week", 18), ("month", 3), ("month", 13)}
    assert doubtful | {("half_year", 5)} <= noted


@pytest.mark.parametrize(
    ("period", "day", "start"),
    [
        (Period.DAY, date(2026, 3, 4), date(2026, 3, 4)),
        (Period.WEEK, date(2026, 3, 8), MONDAY),
        (Period.MONTH, date(2026, 3, 31), date(2026, 3, 1)),
        (Period.QUARTER, date(2026, 6, 30), date(2026, 4, 1)),
        (Period.HALF_YEAR, date(2026, 12, 1), date(2026, 7, 1)),
        (Period.YEAR, date(2026, 12, 31), date(2026, 1, 1)),
    ],
)
def test_where_periods_begin(period: Period, day: date, start: date) -> None:
    assert start_of(period, day) == start


@given(st.sampled_from(Period), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_periods_follow_each_other_without_a_gap(period: Period, day: date) -> None:
    start = start_of(period, day)
    assert before(period, start) < start <= day
    assert start_of(period, start) == start
    assert start_of(period, start - timedelta(days=1)) == before(period, start)


@pytest.mark.parametrize(
    ("ticked", "now", "length"),
    [
        ([], 0, 0),
        ([0], 0, 1),
        ([0, 1, 2], 3, 3),  # today is not over
        ([0, 1, 2], 4, 0),  # Thursday without a tick
        ([0, 1, 2, 3, 4], 7, 5),  # nothing at the weekend
        ([0, 1, 2, 3, 4, 5], 7, 6),  # worked on Saturday
        ([0, 1, 3], 3, 1),
    ],
)
def test_a_weekend_breaks_no_row_of_days(ticked: list[int], now: int, length: int) -> None:
    days = [MONDAY + timedelta(days=n) for n in ticked]
    assert streak(Period.DAY, days, MONDAY + timedelta(days=now)) == length


def test_weeks_in_a_row() -> None:
    weeks = [MONDAY - timedelta(weeks=n) for n in (1, 2, 4)]
    assert streak(Period.WEEK, weeks, MONDAY + timedelta(days=2)) == 2


def test_left_over_is_what_was_not_ticked_in_a_period_in_use() -> None:
    year = checklists()["year"]
    first = entries(year, [], set(), set())
    assert not any(entry.left_over for entry in first)
    later = entries(year, [OwnItem("o7", "补签字", carried=True)], {"2"}, {"1"})
    assert [entry.key for entry in later if entry.left_over] == ["o7", *map(str, range(3, 13))]
    assert [entry.key for entry in later if entry.done] == ["2"]
    assert [entry.key for entry in later][1:] == [entry.key for entry in first], "ticking moves nothing"
    assert [len(page) for page in pages(later)] == [8, 5]


def test_a_number_left_out_or_used_twice_is_named(tmp_path: Path) -> None:
    (tmp_path / "checklists").mkdir()
    for path in (FOLDER / "checklists").glob("*.yml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem == "year":
            data["items"][3]["number"] = 3
        (tmp_path / "checklists" / path.name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_checklists(tmp_path, knowledge())
    assert [problem.item for problem in caught.value.problems] == ["number 3", "number 4"]
