"""Mastery, trend and days from drills and quizzes; for one person and for many at once; all times given."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from store import attempts, drills, history, progress, schedule
from store.progress import Mastery, Missed
from store.schedule import Item, Kind
from tests.store.drilled import drilled

START = datetime(2026, 3, 2, 1, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)


def test_nobody_practised_nothing(database: Database) -> None:
    assert progress.by_objection(database, ["1"], 5) == {}
    assert progress.by_check(database, ["1"], 5) == {}
    assert progress.drills(database, ["1"]) == {}
    assert progress.drill_totals(database, "1", 5) == []
    assert progress.practised_days(database, ["1"], START, timezone.utc) == {}
    assert progress.most_missed(database, ["1"], START, 5) == []
    assert progress.by_objection(database, [], 5) == {}


def test_mastery_of_an_objection_is_the_mean_of_the_last_answers(database: Database) -> None:
    drilled(database, "1", "no_need", [10, 20], START)
    drilled(database, "1", "no_need", [50, 70], START + DAY)
    drilled(database, "1", "next_time", [90], START + DAY)
    assert progress.by_objection(database, ["1"], 3) == {
        "1": {"no_need": Mastery(pytest.approx((20 + 50 + 70) / 3), 3), "next_time": Mastery(90, 1)}
    }


def test_what_could_not_be_scored_or_was_tried_again_does_not_count(database: Database) -> None:
    number = drilled(database, "1", "no_need", [10, None, 60], START)
    assert progress.by_objection(database, ["1"], 9)["1"]["no_need"] == Mastery(35, 2)
    drill = drills.get(database, "1", number)
    assert drill is not None
    drills.rewind(database, drill, 3, {}, START + DAY)
    assert progress.by_objection(database, ["1"], 9)["1"]["no_need"] == Mastery(10, 1)


def test_mastery_of_a_check_is_the_mean_of_its_verdicts_in_the_last_answers(database: Database) -> None:
    drilled(database, "1", "no_need", [10], START, {"explores": "no", "technique": "no"})
    drilled(database, "1", "no_need", [10], START + DAY, {"explores": "partly", "technique": "yes"})
    drilled(database, "1", "next_time", [10], START + 2 * DAY, {"explores": "yes", "technique": "yes"})
    found = progress.by_check(database, ["1"], 2)["1"]
    assert found == {"explores": Mastery(75, 2), "technique": Mastery(100, 2)}, "faults are no skills"


def test_a_managers_verdict_counts(database: Database) -> None:
    drilled(database, "1", "no_need", [50], START, {"explores": "no"})
    [number] = [row["id"] for row in database.table("attempts").rows]
    attempts.overrule(database, number, "explores", "yes", 14)
    assert progress.by_check(database, ["1"], 5)["1"]["explores"].value == 100


def test_a_team_is_one_question(database: Database) -> None:
    for person, total in (("1", 40), ("2", 80), ("3", 60)):
        drilled(database, person, "no_need", [total], START, {"explores": "no" if total < 70 else "yes"})
    assert {who: row["no_need"].value for who, row in progress.by_objection(database, ["1", "2"], 5).items()} == {
        "1": 40,
        "2": 80,
    }
    assert progress.drills(database, ["1", "2", "9"]) == {"1": 1, "2": 1}
    assert progress.most_missed(database, ["1", "2", "3"], START, 5) == [Missed("no_need", "explores", 2, 3)]
    assert progress.most_missed(database, ["1", "2", "3"], START + DAY, 5) == []


def test_the_trend_is_of_finished_drills_oldest_first(database: Database) -> None:
    for number in range(5):
        drilled(database, "1", "no_need", [10 * number, 10 * number + 1], START + number * DAY)
    drilled(database, "1", "no_need", [None], START + 9 * DAY)
    assert progress.drill_totals(database, "1", 3) == [21, 31, 41]


def test_days_are_those_on_the_persons_wall(database: Database) -> None:
    drilled(database, "1", "no_need", [50], datetime(2026, 3, 1, 16, 30, tzinfo=timezone.utc))
    schedule.rate(database, "1", schedule.quiz("a"), "no", datetime(2026, 3, 4, 2, tzinfo=timezone.utc))
    schedule.rate(database, "2", schedule.quiz("a"), "no", datetime(2026, 3, 5, 2, tzinfo=timezone.utc))
    shanghai = progress.practised_days(database, ["1"], START - 9 * DAY, ZoneInfo("Asia/Shanghai"))
    assert shanghai == {"1": {date(2026, 3, 2), date(2026, 3, 4)}}
    assert date(2026, 3, 1) in progress.practised_days(database, ["1"], START - 9 * DAY, timezone.utc)["1"]
    assert progress.practised_days(database, ["1"], START + 9 * DAY, timezone.utc) == {}


def test_an_answer_puts_its_checks_into_the_queue(database: Database) -> None:
    drilled(database, "-7:1", "no_need", [50], START, {"explores": "no", "technique": "yes"})
    due = schedule.due(database, "1", Kind.CHECK, START + 1.5 * DAY)
    assert due == [Item(Kind.CHECK, "no_need", "explores")], "in a group too, and faults are no items"


def test_past_drills_of_a_chat_page_by_page(database: Database) -> None:
    numbers = [drilled(database, "1", "no_need", [10, 60 + n], START + n * DAY) for n in range(7)]
    drills.start(database, "1", "some_customer", 1, {}, START + 8 * DAY)
    drilled(database, "2", "no_need", [10], START)
    drilled(database, "-7:1", "no_need", [10], START)
    assert history.count(database, "1") == 7, "one dropped before an answer is no past drill"
    first, second = (history.page(database, "1", 5, skip) for skip in (0, 5))
    assert [past.id for past in (*first, *second)] == numbers[::-1]
    assert (first[0].total, first[0].objection, first[0].started_at) == (66, "no_need", START + 6 * DAY)


def test_many_answers_are_counted_at_once(database: Database) -> None:
    """By the index on persons, not by reading the whole table."""
    rng = random.Random(1)
    rows = (
        {
            "id": number,
            "person_id": str(number % 1000),
            "turn": 1,
            "try": 1,
            "counts": 1,
            "objection": f"o{rng.randrange(18)}",
            "total": rng.randrange(100),
            "answered_at": (START + number * timedelta(minutes=1)).isoformat(),
        }
        for number in range(20_000)
    )
    database.table("attempts").insert_all(rows)
    plan = " ".join(
        str(row)
        for row in database.execute(
            "explain query plan select total from attempts where person_id in (select value from json_each('[1]'))"
        )
    )
    assert "idx_attempts_person_id" in plan
    team = progress.by_objection(database, [str(person) for person in range(30)], 5)
    assert len(team) == 30
    assert all(mastery.answers <= 5 for row in team.values() for mastery in row.values())
