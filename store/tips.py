"""Which tips people got, kept and liked."""

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


def like(database: Database, person_id: str, tip_id: str, now: datetime) -> None:
    """A person found a tip useful; counted once."""
    with database.atomic():
        database.execute(
            "insert or ignore into tip_likes (person_id, tip_id, liked_at) values (?, ?, ?)",
            [person_id, tip_id, now.isoformat()],
        )


def likes(database: Database, tip_id: str) -> int:
    """How many people found a tip useful."""
    return int(next(iter(database.query("select count(*) as n from tip_likes where tip_id = ?", [tip_id])))["n"])
