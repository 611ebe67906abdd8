"""Versions of a company's own table: drafts until somebody publishes one, older ones kept for going back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

DRAFT, PUBLISHED, REPLACED = "draft", "published", "replaced"
# What became of the training that a published version needs.
WAITING, IN_USE, FAILED = "waiting", "in use", "failed"


@dataclass(frozen=True)
class OwnTable:
    """One version; `summary` is what the trial before publishing found. At most one version is published."""

    id: int
    name: str
    state: str
    added_at: str
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class News:
    """Something to tell the person who published: the training that was waited for is in use, or failed."""

    model: str
    person_id: str
    table_id: int
    state: str


def add_draft(
    database: Database,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    summary: Mapping[str, Any],
    added_by: str,
    now: datetime,
) -> OwnTable:
    """Keep a new version, not yet in use; rows and summary are kept as JSON."""
    row = {
        "name": name,
        "state": DRAFT,
        "rows": json.dumps(list(rows), ensure_ascii=False),
        "summary": json.dumps(dict(summary), ensure_ascii=False),
        "added_by": added_by,
        "added_at": now.isoformat(),
    }
    with database.atomic():
        number = int(database.table("own_tables").insert(row).last_pk)  # type: ignore[arg-type]
    return OwnTable(number, name, DRAFT, row["added_at"], summary)


def publish(database: Database, table_id: int) -> OwnTable | None:
    """Put this version in the place of the published one; None where there is no such version."""
    if table_of(database, table_id) is None:
        return None
    with database.atomic():
        withdraw(database)
        database.execute("update own_tables set state = ? where id = ?", [PUBLISHED, table_id])
    return table_of(database, table_id)


def withdraw(database: Database) -> None:
    """Use none; every version is kept."""
    with database.atomic():
        database.execute("update own_tables set state = ? where state = ?", [REPLACED, PUBLISHED])


def published(database: Database) -> int | None:
    """The version in use."""
    row = next(iter(database.query("select id from own_tables where state = ?", [PUBLISHED])), None)
    return int(row["id"]) if row else None


def revision(database: Database) -> str:
    """Another text whenever another version is in use, also after a restore; this is asked at every turn."""
    row = next(iter(database.query("select id, added_at from own_tables where state = ?", [PUBLISHED])), None)
    return f"{row['id']} {row['added_at']}" if row else ""


def table_of(database: Database, table_id: int) -> OwnTable | None:
    """One version."""
    return next(iter(_tables(database, "where id = ?", [table_id])), None)


def tables(database: Database) -> list[OwnTable]:
    """All versions, newest first."""
    return _tables(database, "order by id desc", [])


def _tables(database: Database, rest: str, values: Sequence[int]) -> list[OwnTable]:
    rows = database.query(f"select id, name, state, added_at, summary from own_tables {rest}", list(values))
    return [OwnTable(**{**row, "summary": json.loads(row["summary"])}) for row in rows]


def rows_of(database: Database, table_id: int) -> list[dict[str, Any]]:
    """The rows of a version."""
    found = next(iter(database.query("select rows from own_tables where id = ?", [table_id])))
    rows: list[dict[str, Any]] = json.loads(found["rows"])
    return rows


def await_training(database: Database, model: str, person_id: str, table_id: int, now: datetime) -> None:
    """Note that this person waits for this model; asking again makes a failed training be tried again."""
    row = {"model": model, "person_id": person_id, "table_id": table_id, "state": WAITING, "at": now.isoformat()}
    with database.atomic():
        database.table("own_trainings").upsert({**row, "told": 0}, pk="model")


def end_training(database: Database, model: str, state: str, now: datetime) -> None:
    """Note that a model is in use or could not be made; nothing happens where nobody waits for it."""
    sql = "update own_trainings set state = ?, at = ? where model = ? and state = ?"
    with database.atomic():
        database.execute(sql, [state, now.isoformat(), model, WAITING])


def training_state(database: Database, model: str) -> str | None:
    """What became of a model; None where nobody asked for it."""
    row = next(iter(database.query("select state from own_trainings where model = ?", [model])), None)
    return str(row["state"]) if row else None


def news(database: Database) -> list[News]:
    """What nobody was told yet."""
    sql = "select model, person_id, table_id, state from own_trainings where told = 0 and state != ?"
    return [News(**row) for row in database.query(sql, [WAITING])]


def note_told(database: Database, news: News) -> bool:
    """Note that this is told now; false where it was told before."""
    sql = "update own_trainings set told = 1 where model = ? and told = 0 and state = ?"
    with database.atomic():
        return bool(database.execute(sql, [news.model, news.state]).rowcount)
