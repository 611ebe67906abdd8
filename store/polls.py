"""Quiz polls that were sent: Telegram reports a vote by the poll's id alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class Poll:
    """A poll in a chat; `correct` counts options from 0, `right` and `wrong` are what the engine is then told."""

    id: str
    chat_id: int
    message_id: int
    correct: int
    right: str
    wrong: str


def remember(database: Database, poll: Poll, now: datetime) -> None:
    """Keep a poll that was sent."""
    with database.atomic():
        database.table("polls").insert({**asdict(poll), "sent_at": now.isoformat()})


def find(database: Database, poll_id: str) -> Poll | None:
    """The poll of this id, if it was sent with this database."""
    sql = "select id, chat_id, message_id, correct, right, wrong from polls where id = ?"
    return next((Poll(**row) for row in database.query(sql, [poll_id])), None)
