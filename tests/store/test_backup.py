"""Backups are whole while others write; a restore is one step, also of an older version, and leaves the inbox alone."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import inbox, people
from store.backup import BackupError, backup, restore
from store.database import open_database
from store.migrations import migrations

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


def names(path: Path) -> set[str]:
    return {row["name"] for row in Database(path)["people"].rows}


def test_what_was_there_comes_back(database: Database, tmp_path: Path) -> None:
    people.remember(database, "1", "小林", NOW)
    backup(database, tmp_path / "copies" / "monday.db")
    people.remember(database, "2", "老周", NOW)
    restore(tmp_path / "copies" / "monday.db", tmp_path / "coach.db")
    assert names(tmp_path / "coach.db") == {"小林"}
    assert [row["name"] for row in database["people"].rows] == ["小林"], "the open connection sees it too"
    people.remember(database, "3", "小赵", NOW)
    assert names(tmp_path / "coach.db") == {"小林", "小赵"}


def test_a_backup_is_its_owners_only_and_replaces_an_older_one(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "copies" / "monday.db"
    backup(database, file)
    people.remember(database, "1", "小林", NOW)
    backup(database, file)
    assert names(file) == {"小林"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["monday.db"]


def test_a_backup_is_whole_while_another_connection_writes(database: Database, tmp_path: Path) -> None:
    path, stop = tmp_path / "coach.db", threading.Event()
    first = threading.Event()

    def write() -> None:
        own = open_database(path)
        number = 0
        while not stop.is_set():
            with own.atomic():  # always two rows together
                for _ in range(2):
                    number += 1
                    people.remember(own, str(number), "同事", NOW)
            first.set()
        own.close()

    writer = threading.Thread(target=write)
    writer.start()
    first.wait(10)
    for copy in range(5):
        backup(database, tmp_path / f"{copy}.db")
    stop.set()
    writer.join()
    for copy in range(5):
        connection = sqlite3.connect(tmp_path / f"{copy}.db")
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select count(*) % 2, count(*) > 0 from people").fetchone() == (0, 1)


def test_the_inbox_belongs_to_the_present(database: Database, tmp_path: Path) -> None:
    inbox.receive(database, inbox.Received(inbox.Key("1", 1), "1", "1", "{}"), NOW)
    backup(database, tmp_path / "copy.db")
    assert Database(tmp_path / "copy.db")["inbox"].count == 0
    inbox.receive(database, inbox.Received(inbox.Key("1", 2), "1", "1", "{}"), NOW)
    restore(tmp_path / "copy.db", tmp_path / "coach.db")
    assert [key.update_id for key, _ in inbox.waiting(database, "1")] == [1, 2]


def test_an_older_backup_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before="0002_conversations")
    people.remember(older, "1", "小林", NOW)
    older.close()
    restore(tmp_path / "older.db", tmp_path / "coach.db")
    assert names(tmp_path / "coach.db") == {"小林"}
    assert not migrations.pending(database)


def test_a_restore_into_an_empty_place(database: Database, tmp_path: Path) -> None:
    people.remember(database, "1", "小林", NOW)
    backup(database, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", tmp_path / "new" / "coach.db") == 1
    assert names(tmp_path / "new" / "coach.db") == {"小林"}


def test_what_is_no_backup_changes_nothing(database: Database, tmp_path: Path) -> None:
    people.remember(database, "1", "小林", NOW)
    file = tmp_path / "wrong.db"
    with pytest.raises(BackupError, match="no such file"):
        restore(file, tmp_path / "coach.db")
    file.write_text("太贵了" * 1000, encoding="utf-8")
    with pytest.raises(BackupError, match="is no backup of the coach"):
        restore(file, tmp_path / "coach.db")
    file.unlink()
    Database(file)["other"].insert({"id": 1})
    with pytest.raises(BackupError, match="is no backup of the coach"):
        restore(file, tmp_path / "coach.db")
    assert names(tmp_path / "coach.db") == {"小林"}


def test_a_backup_of_a_newer_version_is_refused(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "copy.db")
    newer = Database(tmp_path / "copy.db")
    newer["_sqlite_migrations"].insert({"migration_set": "coach", "name": "9999_later", "applied_at": "now"})
    newer.close()
    with pytest.raises(BackupError, match="9999_later.*update the product first"):
        restore(tmp_path / "copy.db", tmp_path / "coach.db")


def test_a_backup_that_cannot_be_written_says_so(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BackupError, match="file"):
        backup(database, tmp_path / "file" / "copy.db")
