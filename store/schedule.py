"""What comes back when: one queue a person by the FSRS algorithm (`fsrs`), over quiz questions and checks of drills.

An answer is rated, FSRS says after how many days it should come again. There are no steps within a day: what was
missed comes back tomorrow, for a set is done once a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from fsrs import Card, Rating, Scheduler, State
from sqlite_utils import Database

# Half a year at most: products and words change, and nobody is sure of anything for longer. Without fuzz the same
# answers give the same days; a set is small, so nothing piles up on one day. What was known and is missed comes back
# the next day, whatever it was worth before.
SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(timedelta(days=1),), maximum_interval=180, enable_fuzzing=False
)
# A verdict of the drill's score → rating.
RATINGS = {"no": Rating.Again, "partly": Rating.Hard, "yes": Rating.Good}


class Kind(str, Enum):
    """What an item asks for: a quiz, or one check of a drill on an objection."""

    QUIZ = "quiz"
    CHECK = "check"


@dataclass(frozen=True)
class Item:
    """`subject` is the quiz or the objection; `check_id` is empty for a quiz."""

    kind: Kind
    subject: str
    check_id: str = ""


def quiz(quiz_id: str) -> Item:
    """The item of a quiz."""
    return Item(Kind.QUIZ, quiz_id)


def rate(database: Database, person_id: str, item: Item, verdict: str, now: datetime) -> datetime:
    """Note how well an item was known and return when it comes back.

    Args:
        database: Where the queue is.
        person_id: Whose queue it is, across all chats.
        item: What was asked.
        verdict: yes, partly or no.
        now: When it was answered.
    """
    with database.atomic():
        row = _row(database, person_id, item)
        card, _ = SCHEDULER.review_card(_card(row, now), RATINGS[verdict], now)
        values = {
            "person_id": person_id,
            **_key(item),
            "state": card.state.value,
            "step": card.step,
            "stability": card.stability,
            "difficulty": card.difficulty,
            "due": card.due.isoformat(),
            "last_review": now.isoformat(),
            "reviews": (row["reviews"] if row else 0) + 1,
            "first_review": row["first_review"] if row else now.isoformat(),
        }
        database.table("review_items").upsert(values, pk=("person_id", "kind", "subject", "check_id"))
        database.table("reviews").insert(
            {"person_id": person_id, **_key(item), "verdict": verdict, "reviewed_at": now.isoformat()}
        )
    return card.due


def rate_checks(database: Database, person_id: str, objection: str, verdicts: Mapping[str, str], now: datetime) -> None:
    """Rate every check of an answer to an objection: {check id: yes, partly or no}."""
    with database.atomic():
        for check_id, verdict in verdicts.items():
            rate(database, person_id, Item(Kind.CHECK, objection, check_id), verdict, now)


def due(database: Database, person_id: str, kind: Kind, until: datetime) -> list[Item]:
    """What comes back up to a time, longest due first."""
    sql = """select kind, subject, check_id from review_items
             where person_id = ? and kind = ? and due < ? order by due, subject, check_id"""
    rows = database.query(sql, [person_id, kind.value, until.isoformat()])
    return [Item(Kind(row["kind"]), row["subject"], row["check_id"]) for row in rows]


def next_due(database: Database, person_id: str) -> datetime | None:
    """When the next item comes back; None where nothing was practised yet."""
    sql = "select min(due) as due from review_items where person_id = ?"
    value = next(iter(database.query(sql, [person_id])))["due"]
    return datetime.fromisoformat(value) if value else None


def times_asked(database: Database, person_id: str, kind: Kind) -> dict[str, int]:
    """How often each subject was asked so far; those never asked are not in it."""
    sql = "select subject, sum(reviews) as n from review_items where person_id = ? and kind = ? group by subject"
    return {row["subject"]: row["n"] for row in database.query(sql, [person_id, kind.value])}


def new_since(database: Database, person_id: str, kind: Kind, since: datetime) -> int:
    """How many items were asked for the first time since then."""
    sql = "select count(*) as n from review_items where person_id = ? and kind = ? and first_review >= ?"
    return int(next(iter(database.query(sql, [person_id, kind.value, since.isoformat()])))["n"])


def done_since(database: Database, person_id: str, since: datetime) -> int:
    """How many quizzes and objections were answered since then, each counted once."""
    sql = """select count(*) as n from
             (select distinct kind, subject from reviews where person_id = ? and reviewed_at >= ?)"""
    return int(next(iter(database.query(sql, [person_id, since.isoformat()])))["n"])


def _row(database: Database, person_id: str, item: Item) -> dict[str, Any] | None:
    sql = """select * from review_items where person_id = :person_id
             and kind = :kind and subject = :subject and check_id = :check_id"""
    return next(iter(database.query(sql, {"person_id": person_id, **_key(item)})), None)


def _key(item: Item) -> dict[str, str]:
    return {**asdict(item), "kind": item.kind.value}


def _card(row: dict[str, Any] | None, now: datetime) -> Card:
    if row is None:
        return Card(card_id=0, due=now)
    return Card(
        card_id=0,
        state=State(row["state"]),
        step=row["step"],
        stability=row["stability"],
        difficulty=row["difficulty"],
        due=datetime.fromisoformat(row["due"]),
        last_review=datetime.fromisoformat(row["last_review"]),
    )
