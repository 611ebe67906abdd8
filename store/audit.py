"""What managers did: who, when, what, to whom. Written in the same transaction as the deed, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class Entry:
    """One deed; `action` is a short English word such as `invite`, `target` an id, `detail` values in short."""

    at: str
    actor: str
    action: str
    target: str | None
    detail: str | None
    team_id: int | None


def record(
    database: Database,
    actor: str,
    action: str,
    now: datetime,
    target: str | None = None,
    detail: str | None = None,
    team_id: int | None = None,
) -> None:
    """Note a deed."""
    row = {"at": now.isoformat(), "actor": actor, "action": action, "target": target, "detail": detail}
    with database.atomic():
        database.table("audit").insert({**row, "team_id": team_id})


def entries(database: Database, team_ids: list[int] | None = None, limit: int = 100) -> list[Entry]:
    """The latest deeds, newest first; only those of these teams where given."""
    marks = ", ".join("?" for _ in team_ids or ())
    where = "" if team_ids is None else f"where team_id in ({marks})"
    sql = f"select at, actor, action, target, detail, team_id from audit {where} order by id desc limit ?"
    return [Entry(**row) for row in database.query(sql, [*(team_ids or ()), limit])]
