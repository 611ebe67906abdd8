"""The daily set, the order of new questions, days and streaks; pure, with every time given."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from knowledge.learning.data import learning, quizzes
from knowledge.learning.days import bounds, day_of, last_days, streak
from knowledge.learning.today import DueDrill, daily_set, fresh_quizzes, shuffled_options

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 3, 2)
CHECKS = [("no_need", "explores"), ("too_expensive", "technique"), ("no_need", "next_step"), ("next_time", "explores")]


def quiz_ids(count: int, prefix: str = "q") -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def test_what_is_due_comes_before_what_is_new() -> None:
    left = daily_set(quiz_ids(2), [], quiz_ids(3, "new"), learning(), 0)
    assert left.quizzes == ("q0", "q1", "new0", "new1", "new2")


def test_a_set_has_at_most_five_items_and_two_drills() -> None:
    left = daily_set(quiz_ids(9), CHECKS, quiz_ids(9, "new"), learning(), 0)
    assert left.quizzes == ("q0", "q1", "q2")
    assert left.drills == (DueDrill("no_need", ("explores", "next_step")), DueDrill("too_expensive", ("technique",)))
    assert left.minutes(learning()) <= 5


@pytest.mark.parametrize(("done", "items"), [(0, 5), (2, 3), (4, 1), (5, 0), (9, 0)])
def test_what_is_done_is_part_of_the_set(done: int, items: int) -> None:
    assert len(daily_set(quiz_ids(9), CHECKS, [], learning(), done)) == items


def test_nothing_due_and_nothing_new_is_an_empty_set() -> None:
    assert not daily_set([], [], [], learning(), 0)


def test_new_questions_on_weak_objections_come_first_in_an_order_of_ones_own() -> None:
    known = quizzes()
    own, other = (fresh_quizzes(known.values(), {"names_echo"}, {"no_need"}, person) for person in ("1", "2"))
    weak = [quiz.id for quiz in known.values() if quiz.objection == "no_need"]
    assert set(own[: len(weak)]) == set(weak)
    assert "names_echo" not in own
    assert sorted(own) == sorted(other)
    assert own != other
    assert own == fresh_quizzes(known.values(), {"names_echo"}, {"no_need"}, "1")


def test_the_right_option_stands_everywhere_alike() -> None:
    places = Counter(shuffled_options(quiz, "1", 0)[1] for quiz in quizzes().values() if len(quiz.wrong) == 3)
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 15


def test_the_order_changes_with_repetitions() -> None:
    quiz = quizzes()["names_breakdown"]
    orders = {tuple(shuffled_options(quiz, "1", times)[0]) for times in range(8)}
    assert len(orders) > 3
    options, correct = shuffled_options(quiz, "1", 3)
    assert options[correct] == quiz.right
    assert sorted(options) == sorted((quiz.right, *quiz.wrong))


# Days -------------------------------------------------------------------------------------------


def test_a_day_begins_at_the_persons_midnight() -> None:
    late = datetime(2026, 3, 1, 16, 30, tzinfo=timezone.utc)
    assert day_of(late, SHANGHAI) == MONDAY
    assert day_of(late, timezone.utc) == date(2026, 3, 1)
    began, ends = bounds(late, SHANGHAI)
    assert began == datetime(2026, 3, 1, 16, tzinfo=timezone.utc)
    assert ends - began == timedelta(days=1)


def test_a_day_may_have_23_hours() -> None:
    began, ends = bounds(datetime(2026, 3, 29, 12, tzinfo=timezone.utc), ZoneInfo("Europe/Berlin"))
    assert ends - began == timedelta(hours=23)


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ([], 0),
        ([0], 1),
        ([1], 1),
        ([0, 1, 2], 3),
        ([0, 3], 2),
        ([0, 4], 1),
        ([2], 1),
        ([3], 1),
        ([4], 0),
        ([0, 1, 4, 7, 8], 5),
    ],
    ids=["never", "today", "today is not over", "in a row", "two days off", "three days off", "one day off so far",
         "two days off so far", "broken", "weekends"],
)  # fmt: skip
def test_a_streak_survives_two_days_off(back: list[int], expected: int) -> None:
    days = {MONDAY - timedelta(days=number) for number in back}
    assert streak(days, MONDAY, 2) == expected


def test_the_last_days_end_today() -> None:
    assert last_days(MONDAY, 3) == [date(2026, 2, 28), date(2026, 3, 1), MONDAY]
