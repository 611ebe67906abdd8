"""The log of questions: what was asked about, never the words."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlite_utils import Database

from store import questions
from store.questions import Question

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=timezone.utc)


def ask(database: Database, sender_id: str, *objections: str | None) -> None:
    """One answered question for each objection; None asks about something else."""
    for objection in objections:
        intent = objection or "ask_closing"
        questions.record(database, Question(sender_id, intent, "answered", objection=objection), NOON)


def test_a_question_becomes_one_row(database: Database) -> None:
    question = Question("7", "too_expensive", "answered", "too_expensive", "driver", "comparison")
    questions.record(database, question, NOON)
    assert list(database["questions"].rows) == [
        {
            "id": 1,
            "sender_id": "7",
            "asked_at": NOON.isoformat(),
            "intent": "too_expensive",
            "objection": "too_expensive",
            "style": "driver",
            "technique": "comparison",
            "outcome": "answered",
        }
    ]


def test_the_log_has_no_place_for_words(database: Database) -> None:
    columns = {column.name for column in database["questions"].columns}
    assert columns == {"id", "sender_id", "asked_at", "intent", "objection", "style", "technique", "outcome"}


def test_the_most_asked_come_first(database: Database) -> None:
    ask(database, "7", "no_need", "too_expensive", "too_expensive", "next_time", "next_time", "next_time")
    assert questions.most_asked(database, "7") == [("next_time", 3), ("too_expensive", 2), ("no_need", 1)]
    assert questions.most_asked(database, "7", limit=1) == [("next_time", 3)]


def test_equal_counts_have_a_fixed_order(database: Database) -> None:
    ask(database, "7", "too_expensive", "no_need", "next_time")
    assert [objection for objection, _ in questions.most_asked(database, "7")] == [
        "next_time",
        "no_need",
        "too_expensive",
    ]


def test_other_questions_and_other_people_do_not_count(database: Database) -> None:
    ask(database, "7", None, None, "no_need")
    ask(database, "8", "too_expensive", "too_expensive")
    assert questions.most_asked(database, "7") == [("no_need", 1)]
    assert questions.most_asked(database, "nobody") == []
