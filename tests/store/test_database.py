"""The database file: made from nothing, brought up to date, shared by several connections."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import database as store_database
from store.database import open_database
from store.migrations import migrations

TABLES = {"people", "conversations", "questions", "drills", "attempts", "attempt_checks", "appeals"}


def test_an_empty_folder_becomes_a_full_database(tmp_path: Path) -> None:
    path = tmp_path / "a new folder" / "own.db"
    opened = open_database(path)
    assert path.exists()
    assert set(opened.table_names()) >= TABLES
    assert not migrations.pending(opened)


def test_opening_twice_keeps_rows_and_repeats_no_migration(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    first = open_database(path)
    first["people"].insert({"id": "1", "name": "小林", "role": "rep", "first_seen_at": "a", "last_seen_at": "b"})
    applied = [migration.name for migration in migrations.applied(first)]
    first.close()
    second = open_database(path)
    assert [migration.name for migration in migrations.applied(second)] == applied
    assert [row["name"] for row in second["people"].rows] == ["小林"]


def test_an_older_database_gets_the_tables_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    older = Database(path)
    migrations.apply(older, stop_before="0003_questions")
    assert "questions" not in older.table_names()
    older.close()
    assert set(open_database(path).table_names()) >= TABLES


def test_every_migration_has_a_number_of_its_own(tmp_path: Path) -> None:
    names = [migration.name for migration in migrations.applied(open_database(tmp_path / "own.db"))]
    numbers = [int(name.partition("_")[0]) for name in names]
    assert len(set(numbers)) == len(numbers)


def test_readers_go_on_while_one_connection_writes(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    opened = open_database(path)
    assert opened.execute("pragma journal_mode").fetchone()[0] == "wal"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("begin immediate")
    writer.execute("insert into people (id, name, first_seen_at, last_seen_at) values ('1', '小林', 'a', 'b')")
    assert opened["people"].count == 0, "an unfinished write is seen, or the reader had to wait"
    writer.execute("commit")
    assert opened["people"].count == 1
    writer.close()


def test_the_environment_says_where_the_database_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "elsewhere.db"
    monkeypatch.setenv(store_database.PATH_VARIABLE, str(path))
    assert not path.exists(), "reading the setting must not open anything"
    store_database.database()
    assert path.exists()
    assert store_database.database() is store_database.database()


def test_a_person_has_a_role_by_default_and_needs_a_time(tmp_path: Path) -> None:
    opened = open_database(tmp_path / "own.db")
    opened.execute("insert into people (id, first_seen_at, last_seen_at) values ('1', 'a', 'a')")
    assert opened["people"].get("1")["role"] == "rep"
    with pytest.raises(sqlite3.IntegrityError):
        opened.execute("insert into people (id) values ('2')")
