"""Ids of rows that people delete: never used again, because old buttons carry them."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlite_utils import Database

BEGAN = datetime(2026, 1, 1, tzinfo=timezone.utc)


def fresh(database: Database, table: str, now: datetime) -> int:
    """Seconds since 2026, or one more than the highest id in the table; call it inside the transaction that inserts."""
    highest = next(iter(database.query(f"select max(id) as id from [{table}]")))["id"] or 0
    return max(highest + 1, int((now - BEGAN).total_seconds()))
