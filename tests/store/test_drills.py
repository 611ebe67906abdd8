"""Drills and their answers: kept together, words sealed, tried again, counted, deleted."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from store import appeals, attempts, drills, personal
from store.appeals import AppealError
from store.attempts import CHECK, CONDUCT, FAULT, Attempt, Check, Standing
from store.database import open_database
from store.drills import Drill
from store.migrations import migrations

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=timezone.utc)
CHECKS = (
    Check("acknowledges", CHECK, "no", 0, 15),
    Check("technique", CHECK, "yes", 17, 17),
    Check(CONDUCT, CHECK, "partly", 10, 25),
    Check("pushy", FAULT, "yes", -15, 0),
)
SECRET = "王总说下周三签字"
OBJECTIONS = ["think_it_over", "too_expensive", "no_need"]


def begin(database: Database, sender_id: str = "7") -> Drill:
    return drills.start(database, sender_id, "expensive_home_driver", 2, {"turn": 0}, NOON)


def answer(
    database: Database, drill: Drill, turn: int = 1, objection: str = "too_expensive", total: int | None = 27
) -> int:
    """One answer with the verdicts above; the talk goes on."""
    words: dict[str, Any] = {"answer": SECRET}
    given = Attempt(
        turn, drill.scenario, objection, "driver", "家装", 2, total, None, "softens", {"turn": turn - 1}, words, CHECKS
    )  # fmt: skip
    return attempts.record(database, drill, given, Standing({"turn": turn}, drills.RUNNING), NOON)


def test_an_answer_and_the_talk_after_it_are_kept_together(database: Database) -> None:
    drill = begin(database)
    number = answer(database, drill)
    kept = drills.current(database, "7")
    assert kept is not None
    assert kept.state == {"turn": 1}
    [one] = attempts.of_drill(database, drill.id)
    assert (one.id, one.turn, one.total, one.before, one.words) == (number, 1, 27, {"turn": 0}, {"answer": SECRET})
    assert attempts.checks_of(database, number)["pushy"].points == -15


def test_half_an_answer_is_not_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    drill = begin(database)
    monkeypatch.setattr(attempts, "_check_row", lambda attempt_id, check: {"attempt_id": attempt_id, "nothing": 1})
    with pytest.raises(Exception, match="nothing"):
        answer(database, drill)
    assert database["attempts"].count == 0
    still = drills.current(database, "7")
    assert still is not None
    assert still.state == {"turn": 0}


def test_the_words_cannot_be_read_in_the_file(database: Database, tmp_path: Path) -> None:
    drill = begin(database)
    answer(database, drill)
    drills.note_shown(database, drill, SECRET)
    database.execute("pragma wal_checkpoint(truncate)")
    assert SECRET.encode() not in (tmp_path / "coach.db").read_bytes()
    found = drills.current(database, "7")
    assert found is not None
    assert found.shown == (SECRET,)


def test_a_turn_again_takes_what_followed_out_of_the_count(database: Database) -> None:
    drill = begin(database)
    for turn in (1, 2, 3):
        answer(database, drill, turn, total=30 + turn)
    drills.rewind(database, drill, 2, {"turn": 1}, NOON)
    assert [one.turn for one in attempts.of_drill(database, drill.id)] == [1]
    answer(database, drill, 2, total=70)
    assert attempts.before_that(database, drill.id, 2) == 32
    assert [one.total for one in attempts.of_drill(database, drill.id)] == [31, 70]
    tries = [(row["turn"], row["try"], row["counts"]) for row in database.query("select * from attempts order by id")]
    assert tries == [(1, 1, 1), (2, 1, 0), (3, 1, 0), (2, 2, 1)]


def test_one_talk_at_a_time_in_a_chat(database: Database) -> None:
    first, second = begin(database), begin(database)
    assert drills.current(database, "7") == second
    assert {row["id"]: row["status"] for row in database["drills"].rows}[first.id] == drills.DROPPED
    answer(database, second)
    begin(database)
    assert {row["id"]: row["status"] for row in database["drills"].rows}[second.id] == drills.STOPPED
    assert drills.times_met(database, "7") == {"expensive_home_driver": 2}
    assert drills.begun(database, "7") == 3


def test_a_drill_is_shown_to_its_owner_only(database: Database) -> None:
    drill = begin(database, "-100:7")
    number = answer(database, drill)
    assert drills.get(database, "8", drill.id) is None
    assert attempts.get(database, "8", number) is None
    assert attempts.get(database, "7", number) is not None
    assert next(iter(database["attempts"].rows))["person_id"] == "7"


def test_the_least_practised_is_next_and_the_earlier_of_equals(database: Database) -> None:
    assert attempts.least_practised(database, "7", OBJECTIONS) == "think_it_over"
    drill = begin(database)
    for turn, objection in enumerate(("think_it_over", "think_it_over", "too_expensive"), start=1):
        answer(database, drill, turn, objection)
    assert attempts.least_practised(database, "7", OBJECTIONS) == "no_need"
    assert attempts.least_practised(database, "8", OBJECTIONS) == "think_it_over"
    assert [attempts.rounds(database, person) for person in ("7", "8")] == [3, 0]


def test_mastery_is_plain_sql(database: Database) -> None:
    answer(database, begin(database))
    sql = """select a.objection, c.check_id, avg(c.points / c.max_points) as mastery
             from attempt_checks c join attempts a on a.id = c.attempt_id
             where a.person_id = '7' and a.counts = 1 and c.kind = 'check' group by 1, 2 order by 2"""
    assert [(row["check_id"], row["mastery"]) for row in database.query(sql)] == [
        ("acknowledges", 0.0), (CONDUCT, 0.4), ("technique", 1.0),
    ]  # fmt: skip


def test_the_line_of_coaching_can_be_switched_off(database: Database) -> None:
    assert drills.coaching(database, "7")
    drills.set_coaching(database, "7", False)
    assert not drills.coaching(database, "7")
    assert drills.coaching(database, "8")
    drills.set_coaching(database, "7", True)
    assert drills.coaching(database, "7")


def test_words_can_be_deleted_and_the_numbers_stay(database: Database) -> None:
    drill = begin(database)
    answer(database, drill)
    drills.note_shown(database, drill, SECRET)
    attempts.forget_words(database, "7")
    [one] = attempts.of_drill(database, drill.id)
    assert (one.words, one.total) == ({}, 27)
    assert all(row["words"] is None for row in database["attempts"].rows)
    assert all(row["shown"] is None for row in database["drills"].rows)


def test_everything_of_one_person_can_be_deleted(database: Database) -> None:
    for person in ("7", "8"):
        number = answer(database, begin(database, person))
        appeals.file(database, number, "technique", NOON)
        drills.set_coaching(database, person, False)
    personal.forget(database, "7")
    left = {"drills": 1, "attempts": 1, "attempt_checks": len(CHECKS), "appeals": 1, "drill_settings": 1}
    assert {table: database[table].count for table in left} == left
    assert next(iter(database["attempts"].rows))["person_id"] == "8"


def test_a_managers_verdict_stands(database: Database) -> None:
    number = answer(database, begin(database))
    assert appeals.file(database, number, "acknowledges", NOON)
    assert not appeals.file(database, number, "acknowledges", NOON), "an appeal was filed twice"
    assert not appeals.file(database, number, "nothing", NOON)
    [waiting] = appeals.pending(database)
    assert (waiting.check_id, waiting.given, waiting.person_id) == ("acknowledges", "no", "7")
    assert SECRET in waiting.words
    appeals.decide(database, waiting.id, "yes", "1", NOON)
    assert attempts.checks_of(database, number)["acknowledges"] == Check("acknowledges", CHECK, "yes", 15, 15)
    assert next(iter(database["attempts"].rows))["total"] == 42
    assert appeals.pending(database) == []
    assert appeals.is_decided(database, number, "acknowledges")
    with pytest.raises(AppealError, match="has been decided"):
        appeals.decide(database, waiting.id, "no", "1", NOON)


def test_a_fault_that_was_none_gives_the_points_back(database: Database) -> None:
    number = answer(database, begin(database))
    appeals.file(database, number, "pushy", NOON)
    appeals.decide(database, appeals.pending(database)[0].id, "no", "1", NOON)
    now = attempts.checks_of(database, number)
    assert (now["pushy"].verdict, now["pushy"].points) == ("no", 0)
    assert (now[CONDUCT].verdict, now[CONDUCT].points) == ("yes", 25)
    assert next(iter(database["attempts"].rows))["total"] == 42


def test_a_manager_sees_the_own_people_and_no_deleted_words(database: Database) -> None:
    for person in ("7", "8"):
        appeals.file(database, answer(database, begin(database, person)), "technique", NOON)
    attempts.forget_words(database, "7")
    [seven] = appeals.pending(database, ["7"])
    assert (seven.person_id, seven.words) == ("7", "")
    assert len(appeals.pending(database)) == 2


def test_rounds_from_before_there_were_scores_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    older = Database(path)
    migrations.apply(older, stop_before="0005_drills")
    row = {"practised_at": NOON.isoformat(), "objection": "no_need", "style": "driver", "answer_characters": 9}
    older["practice"].insert_all([{**row, "sender_id": "7"}, {**row, "sender_id": "-100:7"}])
    older.close()
    opened = open_database(path)
    assert attempts.rounds(opened, "7") == 2
    assert "practice" not in opened.table_names()
