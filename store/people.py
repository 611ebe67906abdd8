"""Who talks to the coach."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


def remember(database: Database, person_id: str, name: str, now: datetime) -> None:
    """Note that a person was here: a new row at the first visit, name and time afterwards."""
    with database.atomic():
        database.execute(
            """insert into people (id, name, first_seen_at, last_seen_at) values (:id, :name, :now, :now)
               on conflict (id) do update set name = excluded.name, last_seen_at = excluded.last_seen_at""",
            {"id": person_id, "name": name, "now": now.isoformat()},
        )
