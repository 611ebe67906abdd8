"""Drills under way and finished: whose, with which customer, where the talk stands.

`state` is the engine's own state as JSON; it holds the customer's lines, never the rep's. What the coach has shown
on the way (hints, model answers) is sealed, because it may quote the rep.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store import secrets
from store.people import person_of

RUNNING, PAUSED, STOPPED, DROPPED = "running", "paused", "stopped", "dropped"


@dataclass(frozen=True)
class Drill:
    """One drill; `total` is set once it has ended with a score."""

    id: int
    sender_id: str
    scenario: str
    state: dict[str, Any]
    status: str
    shown: tuple[str, ...]
    total: int | None


def start(
    database: Database, sender_id: str, scenario: str, level: int, state: Mapping[str, Any], now: datetime
) -> Drill:
    """Begin a drill; one that this person had open in the same chat is closed."""
    row = {
        "sender_id": sender_id,
        "person_id": person_of(sender_id),
        "scenario": scenario,
        "level": level,
        "state": json.dumps(state, ensure_ascii=False),
        "status": RUNNING,
        "started_at": now.isoformat(),
        "updated_at": now.isoformat(),
    }
    with database.atomic():
        _close(database, sender_id)
        made = database.table("drills").insert(row).last_pk
    return Drill(int(str(made)), sender_id, scenario, dict(state), RUNNING, (), None)


def current(database: Database, sender_id: str) -> Drill | None:
    """The drill that is running or paused in this chat."""
    sql = f"select * from drills where sender_id = ? and status in ('{RUNNING}', '{PAUSED}') order by id desc limit 1"
    return next((_drill(row) for row in database.query(sql, [sender_id])), None)


def get(database: Database, sender_id: str, drill_id: int) -> Drill | None:
    """A drill of this chat by its number; None where it does not exist or belongs to somebody else."""
    sql = "select * from drills where id = ? and sender_id = ?"
    return next((_drill(row) for row in database.query(sql, [drill_id, sender_id])), None)


def set_status(database: Database, drill: Drill, status: str, now: datetime, total: int | None = None) -> None:
    """Pause, go on, stop; `total` when it has ended with a score."""
    with database.atomic():
        database.execute(
            "update drills set status = ?, total = ?, updated_at = ? where id = ?",
            [status, total, now.isoformat(), drill.id],
        )


def note_shown(database: Database, drill: Drill, text: str) -> None:
    """Remember what the coach has shown, so that a copy of it is not scored."""
    with database.atomic():
        sealed = secrets.seal(json.dumps([*drill.shown, text], ensure_ascii=False))
        database.execute("update drills set shown = ? where id = ?", [sealed, drill.id])


def rewind(database: Database, drill: Drill, turn: int, state: Mapping[str, Any], now: datetime) -> None:
    """Go back to before answer number `turn` (from 1): it and what followed no longer count, but stay on record.

    Another drill that is open in the same chat is closed.
    """
    with database.atomic():
        _close(database, drill.sender_id)
        database.execute("update attempts set counts = 0 where drill_id = ? and turn >= ?", [drill.id, turn])
        database.execute(
            "update drills set state = ?, status = ?, total = null, updated_at = ? where id = ?",
            [json.dumps(state, ensure_ascii=False), RUNNING, now.isoformat(), drill.id],
        )


def times_met(database: Database, person_id: str) -> dict[str, int]:
    """How often a person has met each customer: scenario → drills, without those dropped before an answer."""
    sql = "select scenario, count(*) as n from drills where person_id = ? and status != ? group by scenario"
    return {row["scenario"]: int(row["n"]) for row in database.query(sql, [person_id, DROPPED])}


def begun(database: Database, person_id: str) -> int:
    """How many drills a person has begun, dropped ones too."""
    sql = "select count(*) as n from drills where person_id = ?"
    return int(next(iter(database.query(sql, [person_id])))["n"])


def coaching(database: Database, person_id: str) -> bool:
    """Whether a person wants a line of coaching after each answer; wanted unless switched off."""
    rows = list(database.query("select coaching from drill_settings where person_id = ?", [person_id]))
    return bool(rows[0]["coaching"]) if rows else True


def set_coaching(database: Database, person_id: str, wanted: bool) -> None:
    """Switch the line of coaching on or off."""
    with database.atomic():
        database.table("drill_settings").upsert({"person_id": person_id, "coaching": int(wanted)}, pk="person_id")


def _close(database: Database, sender_id: str) -> None:
    """End what is open in a chat: one talk at a time."""
    database.execute(
        f"""update drills set status = case
              when exists (select 1 from attempts where drill_id = drills.id) then '{STOPPED}' else '{DROPPED}' end
            where sender_id = ? and status in ('{RUNNING}', '{PAUSED}')""",
        [sender_id],
    )


def _drill(row: dict[str, Any]) -> Drill:
    shown = tuple(json.loads(secrets.unseal(row["shown"]))) if row["shown"] else ()
    state = json.loads(row["state"])
    return Drill(row["id"], row["sender_id"], row["scenario"], state, row["status"], shown, row["total"])
