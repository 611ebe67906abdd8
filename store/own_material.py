"""A company's own files, cut into passages: drafts until somebody publishes them, old versions kept for going back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

DRAFT, PUBLISHED, REPLACED, REMOVED = "draft", "published", "replaced", "removed"


@dataclass(frozen=True)
class OwnFile:
    """One version of a file; `state` is draft, published, replaced or removed; at most one of a name is published."""

    id: int
    name: str
    version: int
    state: str
    passages: int


@dataclass(frozen=True)
class OwnPassage:
    """A passage of a published file; `number` counts from 1 within the file."""

    id: int
    file_id: int
    file_name: str
    number: int
    heading: str
    text: str
    meaning: bytes


def add_draft(
    database: Database, name: str, passages: Sequence[tuple[str, str, bytes]], added_by: str, now: datetime
) -> OwnFile:
    """Keep a new version of a file, not yet searched.

    `passages` are (heading, text, meaning) in the file's order; a meaning is a vector's bytes, which the store only
    keeps.
    """
    with database.atomic():
        rows = database.query("select coalesce(max(version), 0) as version from own_files where name = ?", [name])
        version = int(next(iter(rows))["version"]) + 1
        row = {"name": name, "version": version, "state": DRAFT, "added_by": added_by, "added_at": now.isoformat()}
        file_id = int(database.table("own_files").insert(row).last_pk)  # type: ignore[arg-type]
        database.table("own_passages").insert_all(
            {"file_id": file_id, "number": number, "heading": heading, "text": text, "meaning": meaning}
            for number, (heading, text, meaning) in enumerate(passages, start=1)
        )
    return OwnFile(file_id, name, version, DRAFT, len(passages))


def publish(database: Database, file_id: int) -> OwnFile | None:
    """Let this version be searched in place of the published one of the same name; None where there is no such file.

    Publishing an older version again goes back to it.
    """
    found = file_of(database, file_id)
    if found is None:
        return None
    with database.atomic():
        sql = "update own_files set state = ? where name = ? and state = ?"
        database.execute(sql, [REPLACED, found.name, PUBLISHED])
        database.execute("update own_files set state = ? where id = ?", [PUBLISHED, file_id])
    return file_of(database, file_id)


def remove(database: Database, file_id: int) -> OwnFile | None:
    """Search this file no longer; None where there is no such file. Publishing brings it back."""
    with database.atomic():
        database.execute("update own_files set state = ? where id = ?", [REMOVED, file_id])
    return file_of(database, file_id)


def file_of(database: Database, file_id: int) -> OwnFile | None:
    """One version of a file."""
    return next((found for found in _files(database, "f.id = ?", [file_id])), None)


def files(database: Database) -> list[OwnFile]:
    """All versions of all files, newest first, without those that were removed."""
    return _files(database, "f.state != ?", [REMOVED])


def _files(database: Database, condition: str, values: Sequence[int | str]) -> list[OwnFile]:
    sql = f"""select f.*, (select count(*) from own_passages p where p.file_id = f.id) as passages
              from own_files f where {condition} order by f.id desc"""
    return [
        OwnFile(row["id"], row["name"], row["version"], row["state"], row["passages"])
        for row in database.query(sql, values)
    ]


def passages(database: Database, file_id: int | None = None) -> list[OwnPassage]:
    """Passages of one file in any state, or of all published files, in their order."""
    condition, values = ("f.id = ?", [file_id]) if file_id is not None else ("f.state = ?", [PUBLISHED])
    sql = f"""select p.*, f.name as file_name from own_passages p join own_files f on f.id = p.file_id
              where {condition} order by f.id, p.number"""
    return [
        OwnPassage(**{name: row[name] for name in OwnPassage.__dataclass_fields__})
        for row in database.query(sql, values)
    ]


def revision(database: Database) -> str:
    """Another text whenever what is searched has changed."""
    sql = "select group_concat(id) as ids from (select id from own_files where state = ? order by id)"
    return str(next(iter(database.query(sql, [PUBLISHED])))["ids"] or "")
