"""The queue: what is missed comes back tomorrow, what is known later and later, each person apart; all times given."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlite_utils import Database

from store import schedule
from store.schedule import Item, Kind

START = datetime(2026, 3, 2, 1, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)
QUIZ = schedule.quiz("names_breakdown")


def days_until(database: Database, verdict: str, now: datetime, item: Item = QUIZ) -> int:
    return (schedule.rate(database, "1", item, verdict, now) - now) // DAY


@pytest.mark.parametrize(("verdict", "days"), [("no", 1), ("partly", 1), ("yes", 2)])
def test_the_first_answer_decides_the_first_pause(database: Database, verdict: str, days: int) -> None:
    assert days_until(database, verdict, START) == days


def test_what_is_known_comes_back_later_and_later(database: Database) -> None:
    now, pauses = START, []
    for _ in range(5):
        pauses.append(days_until(database, "yes", now))
        now += pauses[-1] * DAY
    assert pauses == sorted(set(pauses))
    assert pauses[1] >= 7


def test_nothing_stays_away_for_longer_than_half_a_year(database: Database) -> None:
    now = START
    for _ in range(12):
        now += days_until(database, "yes", now) * DAY
    assert days_until(database, "yes", now) == 180


def test_what_was_known_and_is_missed_comes_back_tomorrow(database: Database) -> None:
    now = START
    for _ in range(4):
        now += days_until(database, "yes", now) * DAY
    assert days_until(database, "no", now) == 1
    assert 1 < days_until(database, "yes", now + DAY) < 20, "half forgotten is not new"


def test_partly_comes_back_before_yes(database: Database) -> None:
    other = schedule.quiz("names_echo")
    for item in (QUIZ, other):
        schedule.rate(database, "1", item, "yes", START)
    later = START + 2 * DAY
    assert days_until(database, "partly", later) < days_until(database, "yes", later, other)


def test_late_answers_count_as_what_they_are(database: Database) -> None:
    schedule.rate(database, "1", QUIZ, "yes", START)
    assert days_until(database, "yes", START + 60 * DAY) > 11, "still known after two months: a long pause"


def test_due_are_those_of_the_person_and_kind_longest_due_first(database: Database) -> None:
    schedule.rate(database, "1", schedule.quiz("b"), "no", START)
    schedule.rate(database, "1", schedule.quiz("a"), "no", START + DAY)
    schedule.rate(database, "1", schedule.quiz("later"), "yes", START + DAY)
    schedule.rate(database, "2", schedule.quiz("c"), "no", START)
    schedule.rate_checks(database, "1", "no_need", {"explores": "no", "technique": "yes"}, START)
    assert [i.subject for i in schedule.due(database, "1", Kind.QUIZ, START + 2.5 * DAY)] == ["b", "a"]
    assert schedule.due(database, "1", Kind.CHECK, START + 1.5 * DAY) == [Item(Kind.CHECK, "no_need", "explores")]
    assert schedule.due(database, "1", Kind.QUIZ, START) == []


def test_the_next_time_something_comes_back(database: Database) -> None:
    assert schedule.next_due(database, "1") is None
    schedule.rate(database, "1", QUIZ, "yes", START)
    schedule.rate(database, "1", schedule.quiz("a"), "no", START)
    assert schedule.next_due(database, "1") == START + DAY


def test_counts_of_a_day(database: Database) -> None:
    schedule.rate(database, "1", QUIZ, "yes", START - DAY)
    schedule.rate(database, "1", QUIZ, "yes", START)
    schedule.rate(database, "1", schedule.quiz("a"), "no", START)
    schedule.rate_checks(database, "1", "no_need", {"explores": "no", "technique": "yes"}, START)
    assert schedule.new_since(database, "1", Kind.QUIZ, START) == 1
    assert schedule.done_since(database, "1", START) == 3, (
        "a question twice is one, an objection with two checks is one"
    )
    assert schedule.times_asked(database, "1", Kind.QUIZ) == {"names_breakdown": 2, "a": 1}


def test_checks_of_one_answer_are_noted_together_or_not_at_all(database: Database) -> None:
    with pytest.raises(KeyError):
        schedule.rate_checks(database, "1", "no_need", {"explores": "no", "technique": "maybe"}, START)
    assert database.table("review_items").count == 0
    assert database.table("reviews").count == 0
