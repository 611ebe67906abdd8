"""Past drills of a chat, newest first; those dropped before the first answer are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

_ANSWERED = "exists (select 1 from attempts where drill_id = drills.id)"


@dataclass(frozen=True)
class Past:
    """A drill with at least one answer: `objection` is that of the first, `total` is there where it ended with one."""

    id: int
    scenario: str
    objection: str
    total: int | None
    started_at: datetime


def count(database: Database, sender_id: str) -> int:
    """How many there are."""
    sql = f"select count(*) as n from drills where sender_id = ? and {_ANSWERED}"
    return int(next(iter(database.query(sql, [sender_id])))["n"])


def page(database: Database, sender_id: str, size: int, skip: int) -> list[Past]:
    """So many drills after the newest `skip`."""
    sql = f"""select id, scenario, total, started_at,
                (select objection from attempts where drill_id = drills.id order by turn, "try" limit 1) as objection
              from drills where sender_id = ? and {_ANSWERED}
              order by started_at desc, id desc limit ? offset ?"""
    return [
        Past(row["id"], row["scenario"], row["objection"], row["total"], datetime.fromisoformat(row["started_at"]))
        for row in database.query(sql, [sender_id, size, skip])
    ]
