"""Reminders noted before they are sent, so that nobody gets one twice, and after, so that a crash loses none.

A reminder is one subject (`customer.12`, `list.day`) and the day that it is for. One that was taken up and never
marked, because the process died or Telegram gave no answer, is sent once more after a while; a second doubt stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlite_utils import Database

MOST_TRIES = 2
LEASE = timedelta(minutes=5)


class Reminder(NamedTuple):
    """`day` is an ISO date of the person's calendar."""

    person_id: str
    subject: str
    day: str


def take_up(database: Database, reminder: Reminder, now: datetime) -> bool:
    """Note that a reminder is being sent; False where that was done, or is being done by another process."""
    values = {**reminder._asdict(), "now": now.isoformat(), "lease": (now - LEASE).isoformat(), "most": MOST_TRIES}
    with database.atomic():
        done = database.execute(
            """insert into reminded (person_id, subject, day, noted_at, tries)
               values (:person_id, :subject, :day, :now, 1)
               on conflict (person_id, subject, day) do update set tries = tries + 1, noted_at = excluded.noted_at
               where sent_at is null and tries < :most and noted_at <= :lease""",
            values,
        )
    return bool(done.rowcount)


def is_open(database: Database, reminder: Reminder, now: datetime) -> bool:
    """Whether `take_up` would take it up."""
    sql = """select 1 as known from reminded where person_id = :person_id and subject = :subject and day = :day
             and (sent_at is not null or tries >= :most or noted_at > :lease)"""
    values = {**reminder._asdict(), "most": MOST_TRIES, "lease": (now - LEASE).isoformat()}
    return not any(database.query(sql, values))


def sent(database: Database, reminder: Reminder, now: datetime) -> None:
    """Note that a reminder has arrived, or never can."""
    with database.atomic():
        database.execute(
            "update reminded set sent_at = ? where person_id = ? and subject = ? and day = ?",
            [now.isoformat(), *reminder],
        )
