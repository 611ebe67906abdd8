"""What was asked and what the coach answered with; never the words themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class Question:
    """One question; `outcome` is answered, unsure or none."""

    sender_id: str
    intent: str
    outcome: str
    objection: str | None = None
    style: str | None = None
    technique: str | None = None


def record(database: Database, question: Question, now: datetime) -> None:
    """Add one question to the log."""
    with database.atomic():
        database.table("questions").insert({**asdict(question), "asked_at": now.isoformat()})


def most_asked(database: Database, sender_id: str, limit: int = 3) -> list[tuple[str, int]]:
    """The objections a person asked about most: (objection, times), most first."""
    sql = """select objection, count(*) as times from questions
             where sender_id = ? and objection is not null
             group by objection order by times desc, objection limit ?"""
    return [(row["objection"], row["times"]) for row in database.query(sql, [sender_id, limit])]
