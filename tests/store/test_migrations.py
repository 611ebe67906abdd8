"""A database of every earlier version, with rows in every table, comes up to date and loses none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from store.database import open_database
from store.migrations import migrations

NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]
# Tables whose rows a later version keeps in another.
MOVED = {"practice": "attempts"}
EXAMPLES: dict[Any, Any] = {str: "样", int: 7, float: 0.5, bytes: b"\x00"}


def filled(database: Database) -> dict[str, list[dict[str, Any]]]:
    """One row in every table; returns the rows."""
    database.execute("pragma foreign_keys = off")
    rows = {}
    for table in database.tables:
        if not table.name.startswith(("_", "sqlite_")):
            table.insert({column: EXAMPLES[kind] for column, kind in table.columns_dict.items()})
            rows[table.name] = list(table.rows)
    return rows


@pytest.mark.parametrize("first_missing", NAMES[1:])
def test_rows_of_an_earlier_version_survive(first_missing: str, tmp_path: Path) -> None:
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before=first_missing)
    before = filled(older)
    older.close()
    present = open_database(tmp_path / "older.db")
    assert not migrations.pending(present)
    for name, rows in before.items():
        for row, now in zip(rows, present[MOVED.get(name, name)].rows, strict=True):
            assert {key: now[key] for key in row if key in now} == {key: row[key] for key in row if key in now}
            assert any(key in now for key in row), f"{name} lost every column"


def test_versions_in_any_order_end_in_one_schema(tmp_path: Path) -> None:
    at_once = open_database(tmp_path / "at_once.db")
    step_by_step = Database(tmp_path / "steps.db")
    for name in NAMES[1:]:
        migrations.apply(step_by_step, stop_before=name)
    migrations.apply(step_by_step)
    assert step_by_step.schema == at_once.schema
