"""Which tips people got, kept and rated, and which messages showed them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

# People as a JSON list in one parameter: SQLite takes at most 999 parameters.
_PEOPLE = "(select value from json_each(?))"


def note_shown(database: Database, person_id: str, tip_id: str, now: datetime) -> None:
    """Remember that a person got a tip."""
    with database.atomic():
        database.table("tips_shown").insert({"person_id": person_id, "tip_id": tip_id, "shown_at": now.isoformat()})


def was_given(database: Database, person_id: str, tip_id: str) -> bool:
    """Whether a person got this tip."""
    sql = "select 1 from tips_shown where person_id = ? and tip_id = ? limit 1"
    return bool(list(database.query(sql, [person_id, tip_id])))


def had(database: Database, person_ids: Sequence[str], since: datetime) -> list[str]:
    """Tips that any of these people got since then, the latest first, each once."""
    sql = f"""select tip_id from tips_shown where person_id in {_PEOPLE} and shown_at >= ?
              group by tip_id order by max(shown_at) desc, max(id) desc"""
    return [row["tip_id"] for row in database.query(sql, [json.dumps(list(person_ids)), since.isoformat()])]


def met_most(database: Database, person_ids: Sequence[str], since: datetime) -> list[str]:
    """The objections that these people asked about since then, most often first."""
    sql = f"""select objection, count(*) as times from questions
              where sender_id in {_PEOPLE} and objection is not null and asked_at >= ?
              group by objection order by times desc, objection"""
    return [row["objection"] for row in database.query(sql, [json.dumps(list(person_ids)), since.isoformat()])]


def save(database: Database, person_id: str, tip_id: str, now: datetime) -> None:
    """Keep a tip for a person; nothing happens to one that is kept."""
    with database.atomic():
        database.execute(
            "insert or ignore into tips_saved (person_id, tip_id, saved_at) values (?, ?, ?)",
            [person_id, tip_id, now.isoformat()],
        )


def unsave(database: Database, person_id: str, tip_id: str) -> None:
    """Keep a tip no longer."""
    with database.atomic():
        database.execute("delete from tips_saved where person_id = ? and tip_id = ?", [person_id, tip_id])


def saved(database: Database, person_id: str) -> list[str]:
    """Tips that a person keeps, the latest first."""
    sql = "select tip_id from tips_saved where person_id = ? order by saved_at desc, rowid desc"
    return [row["tip_id"] for row in database.query(sql, [person_id])]


def note_message(database: Database, chat_id: int, message_id: int, tip_id: str, now: datetime) -> None:
    """Remember which tip a message shows."""
    row = {"chat_id": chat_id, "message_id": message_id, "tip_id": tip_id, "sent_at": now.isoformat()}
    with database.atomic():
        database.table("tip_messages").insert(row, pk=("chat_id", "message_id"), replace=True)


def shown_in(database: Database, chat_id: int, message_id: int) -> str | None:
    """The tip that a message shows; None for other messages."""
    sql = "select tip_id from tip_messages where chat_id = ? and message_id = ?"
    return next((str(row["tip_id"]) for row in database.query(sql, [chat_id, message_id])), None)


def rate(database: Database, person_id: str, tip_id: str, rating: int, now: datetime) -> None:
    """A person's present opinion of a tip: 1 useful, -1 not, 0 none any more."""
    with database.atomic():
        database.execute("delete from tip_likes where person_id = ? and tip_id = ?", [person_id, tip_id])
        if rating:
            database.table("tip_likes").insert(
                {"person_id": person_id, "tip_id": tip_id, "liked_at": now.isoformat(), "rating": rating}
            )
