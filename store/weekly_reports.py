"""Managers' reports on Mondays: one row for each manager and week, so that no process sends one twice or loses one.

taken up → sent | taken up again (Telegram surely did nothing, or the process died) | given up.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlite_utils import Database

# What was taken up longer ago and never ended was cut off by a crash.
LEASE = timedelta(minutes=10)
MAX_TRIES = 3
_SENDING, _SENT, _GIVEN_UP = "sending", "sent", "given_up"


def is_open(database: Database, person_id: str, monday: date, now: datetime) -> bool:
    """Whether this manager's report of the week may be taken up."""
    sql = "select state, tries, began_at from weekly_reports where person_id = ? and monday = ?"
    row = next(iter(database.query(sql, [person_id, monday.isoformat()])), None)
    if row is None:
        return True
    return row["state"] == _SENDING and row["tries"] < MAX_TRIES and row["began_at"] <= (now - LEASE).isoformat()


def begin(database: Database, person_id: str, monday: date, now: datetime) -> bool:
    """Take a report up; false where another process has it or it is done."""
    sql = """insert into weekly_reports (person_id, monday, state, tries, began_at)
             values (:person, :monday, 'sending', 1, :now)
             on conflict (person_id, monday) do update set tries = tries + 1, began_at = :now
             where state = 'sending' and tries < :most and began_at <= :lease"""
    given = {"person": person_id, "monday": monday.isoformat(), "now": now.isoformat(), "most": MAX_TRIES}
    with database.atomic():
        return database.execute(sql, {**given, "lease": (now - LEASE).isoformat()}).rowcount == 1


def sent(database: Database, person_id: str, monday: date) -> None:
    """Telegram has taken it."""
    _end(database, person_id, monday, _SENT)


def give_up(database: Database, person_id: str, monday: date) -> None:
    """It cannot be sent: blocked, or refused by Telegram."""
    _end(database, person_id, monday, _GIVEN_UP)


def _end(database: Database, person_id: str, monday: date, state: str) -> None:
    with database.atomic():
        sql = "update weekly_reports set state = ? where person_id = ? and monday = ?"
        database.execute(sql, [state, person_id, monday.isoformat()])
