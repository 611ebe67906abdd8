"""Checks that a rep does not accept, and what a manager says about them; the manager's verdict stands.

The answer itself is not copied: it stays, sealed, with the attempt, and `pending` opens it for the manager. A rep who
deletes the words takes them from the manager as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store import attempts, secrets

# Which share of a check's points a verdict brings, and which share of a fault's cost it leaves.
SHARES = {"yes": 1.0, "partly": 0.5, "no": 0.0}


class AppealError(Exception):
    """An appeal cannot be decided; the message says why."""


@dataclass(frozen=True)
class Appeal:
    """One appeal; `given` is the scorer's verdict, `words` what was sealed with the attempt ("" and {} if deleted)."""

    id: int
    attempt_id: int
    check_id: str
    person_id: str
    given: str
    filed_at: str
    objection: str
    style: str
    words: str
    verdict: str | None
    decided_by: str | None


def file(database: Database, attempt_id: int, check_id: str, now: datetime) -> bool:
    """File an appeal against one check; False where it was filed before or there is no such check."""
    found = list(
        database.query(
            """select c.verdict, a.person_id from attempt_checks c join attempts a on a.id = c.attempt_id
               where c.attempt_id = ? and c.check_id = ?""",
            [attempt_id, check_id],
        )
    )
    if not found:
        return False
    with database.atomic():
        cursor = database.execute(
            """insert into appeals (attempt_id, check_id, person_id, given, filed_at) values (?, ?, ?, ?, ?)
               on conflict (attempt_id, check_id, person_id) do nothing""",
            [attempt_id, check_id, found[0]["person_id"], found[0]["verdict"], now.isoformat()],
        )
    return bool(cursor.rowcount)


def pending(database: Database, person_ids: Sequence[str] | None = None) -> list[Appeal]:
    """Appeals that wait for a verdict, oldest first; only of these persons where given (a manager's own teams)."""
    sql = """select p.*, a.objection, a.style, a.words from appeals p join attempts a on a.id = p.attempt_id
             where p.verdict is null order by p.filed_at, p.id"""
    found = [_appeal(row) for row in database.query(sql)]
    return [appeal for appeal in found if person_ids is None or appeal.person_id in person_ids]


def get(database: Database, appeal_id: int) -> Appeal | None:
    """One appeal, decided or not."""
    sql = """select p.*, a.objection, a.style, a.words from appeals p join attempts a on a.id = p.attempt_id
             where p.id = ?"""
    return next((_appeal(row) for row in database.query(sql, [appeal_id])), None)


def decide(database: Database, appeal_id: int, verdict: str, manager_id: str, now: datetime) -> None:
    """A manager's verdict (yes, partly or no): it replaces the scorer's in the attempt and its total.

    Raises:
        AppealError: There is no such appeal, or it has been decided.
    """
    with database.atomic():
        cursor = database.execute(
            "update appeals set verdict = ?, decided_by = ?, decided_at = ? where id = ? and verdict is null",
            [verdict, manager_id, now.isoformat(), appeal_id],
        )
        appeal = get(database, appeal_id)
        if not cursor.rowcount or appeal is None:
            raise AppealError(f"appeal {appeal_id} does not exist or has been decided")
        attempts.overrule(database, appeal.attempt_id, appeal.check_id, verdict, SHARES[verdict])


def is_decided(database: Database, attempt_id: int, check_id: str) -> bool:
    """Whether a manager has given a verdict on this check."""
    sql = "select 1 from appeals where attempt_id = ? and check_id = ? and verdict is not null"
    return bool(list(database.query(sql, [attempt_id, check_id])))


def _appeal(row: dict[str, Any]) -> Appeal:
    words = secrets.unseal(row["words"]) if row["words"] else ""
    keys = ("id", "attempt_id", "check_id", "person_id", "given", "filed_at", "objection", "style", "verdict")
    return Appeal(**{key: row[key] for key in keys}, words=words, decided_by=row["decided_by"])
