"""The log of practice rounds and the choice of what to practise next."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlite_utils import Database

from store import practice
from store.practice import PracticeRound

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=timezone.utc)
OBJECTIONS = ["think_it_over", "too_expensive", "no_need"]


def play(database: Database, sender_id: str, *objections: str) -> None:
    """One round for each objection."""
    for objection in objections:
        practice.record(database, PracticeRound(sender_id, objection, "driver", 20), NOON)


def test_a_round_keeps_the_length_of_the_answer_and_no_words(database: Database) -> None:
    practice.record(database, PracticeRound("7", "too_expensive", "driver", 23), NOON)
    assert list(database["practice"].rows) == [
        {
            "id": 1,
            "sender_id": "7",
            "practised_at": NOON.isoformat(),
            "objection": "too_expensive",
            "style": "driver",
            "answer_characters": 23,
        }
    ]


def test_rounds_are_counted_for_each_person(database: Database) -> None:
    play(database, "7", "too_expensive", "too_expensive", "no_need")
    play(database, "8", "no_need")
    assert [practice.rounds(database, person) for person in ("7", "8", "nobody")] == [3, 1, 0]


def test_somebody_new_begins_with_the_first(database: Database) -> None:
    assert practice.least_practised(database, "7", OBJECTIONS) == "think_it_over"


def test_the_least_practised_is_next_and_the_earlier_of_equals(database: Database) -> None:
    play(database, "7", "think_it_over", "think_it_over", "too_expensive")
    assert practice.least_practised(database, "7", OBJECTIONS) == "no_need"
    play(database, "7", "no_need")
    assert practice.least_practised(database, "7", OBJECTIONS) == "too_expensive"


def test_the_rounds_of_others_do_not_count(database: Database) -> None:
    play(database, "8", "think_it_over", "think_it_over")
    assert practice.least_practised(database, "7", OBJECTIONS) == "think_it_over"


def test_every_objection_gets_its_turn(database: Database) -> None:
    chosen = []
    for _ in range(2 * len(OBJECTIONS)):
        chosen.append(practice.least_practised(database, "7", OBJECTIONS))
        play(database, "7", chosen[-1])
    assert chosen == OBJECTIONS * 2
