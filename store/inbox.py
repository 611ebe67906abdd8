"""What Telegram handed over and the coach has not finished with: written before Telegram is told that it arrived.

A row is `waiting` until its reply is out; then it is `done` and only its number stays, so that a second delivery is
known. A row that failed again and again is set `aside`. Payloads and answers are sealed; they are deleted with `done`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from store.secrets import seal, unseal


class Key(NamedTuple):
    """Telegram numbers updates by bot."""

    bot_id: str
    update_id: int


@dataclass(frozen=True)
class Received:
    """An update as it came in; `chat` and `person` are Telegram's ids, `payload` its JSON."""

    key: Key
    chat: str
    person: str | None
    payload: str


@dataclass(frozen=True)
class Progress:
    """How far an update got: the try that begins now, the engine's answers so far as JSON, messages sent."""

    tries: int
    answers: list[Any]
    sent: int


def receive(database: Database, update: Received, now: datetime) -> bool:
    """Keep an update, past a power cut too; false for one that is known already."""
    database.execute("pragma synchronous = full")
    try:
        with database.atomic():
            written = database.execute(
                """insert or ignore into inbox (bot_id, update_id, chat, person, received_at, payload)
                   values (?, ?, ?, ?, ?, ?)""",
                [*update.key, update.chat, update.person, now.isoformat(), seal(update.payload)],
            )
            return written.rowcount == 1
    finally:
        database.execute("pragma synchronous = normal")


def waiting(database: Database, bot_id: str, tries: int = 0) -> Iterator[tuple[Key, bytes]]:
    """The sealed payloads of all updates without a reply that were tried so often, in the order they came in."""
    sql = "select update_id, payload from inbox where bot_id = ? and state = 'waiting' and tries >= ? order by rowid"
    for row in list(database.query(sql, [bot_id, tries])):
        yield Key(bot_id, row["update_id"]), row["payload"]


def begin(database: Database, key: Key) -> Progress | None:
    """Count one more try, before it can end the process; None where the update is not waiting (any more)."""
    with database.atomic():
        rows = database.query(
            """update inbox set tries = tries + 1 where bot_id = ? and update_id = ? and state = 'waiting'
               returning tries, answers, sent""",
            list(key),
        )
        for row in list(rows):
            answers = json.loads(unseal(row["answers"])) if row["answers"] else []
            return Progress(row["tries"], answers, row["sent"])
    return None


def note_answers(database: Database, key: Key, answers: list[Any]) -> None:
    """Keep what the engine answered, so that another try need not ask it again."""
    sealed = seal(json.dumps(answers, ensure_ascii=False))
    with database.atomic():
        database.execute("update inbox set answers = ? where bot_id = ? and update_id = ?", [sealed, *key])


def note_sent(database: Database, key: Key, sent: int) -> None:
    """Keep how many messages Telegram has taken."""
    with database.atomic():
        database.execute("update inbox set sent = ? where bot_id = ? and update_id = ?", [sent, *key])


def end(database: Database, key: Key, now: datetime, aside: bool = False) -> None:
    """The update is done, or set aside after too many tries; either way it no longer tells who wrote what."""
    with database.atomic():
        database.execute(
            """update inbox set state = ?, ended_at = ?, payload = null, answers = null, person = null, chat = ''
               where bot_id = ? and update_id = ?""",
            ["aside" if aside else "done", now.isoformat(), *key],
        )


def clear(database: Database, before: datetime) -> int:
    """Delete ended rows from before a time; returns how many. Telegram repeats nothing that is older than a day."""
    with database.atomic():
        sql = "delete from inbox where state <> 'waiting' and ended_at < ?"
        return int(database.execute(sql, [before.isoformat()]).rowcount)
