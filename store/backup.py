"""Backup and restore while the product runs, by SQLite's own means.

The key of sealed texts is not in a backup: whoever finds one of the two reads nothing.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from store.database import open_database
from store.migrations import migrations

# What Telegram handed over belongs to the present: the inbox is neither taken back nor repeated by a restore.
KEPT = {"inbox"}


class BackupError(Exception):
    """A file cannot be used; the message says why and what to do."""


def backup(database: Database, file: Path) -> None:
    """Write a whole, checked copy to `file`, in the place of an older one there; writers go on meanwhile.

    Raises:
        BackupError: The copy is damaged, or `file` cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _draft(file) as draft:
            with closing(sqlite3.connect(draft)) as copy:
                database.conn.backup(copy)
                copy.execute("delete from inbox")
                copy.commit()
                _check(copy, file)
            os.replace(draft, file)
    except OSError as error:
        raise BackupError(f"{file}: {error.strerror or error}") from error


def restore(file: Path, path: Path) -> int:
    """Put the content of a backup in the place of the database's at `path`; returns the number of rows.

    One transaction: other processes see the old state or the new one. An older backup is brought up to date.

    Raises:
        BackupError: `file` is no whole backup of this product, or of a newer version of it.
    """
    with tempfile.TemporaryDirectory(prefix="coach-restore-") as folder:
        copy = Path(folder) / "copy.db"
        _copy(file, copy)
        open_database(copy).close()  # brings it up to date
        with closing(open_database(path)) as database:
            return _exchanged(database, copy)


def _copy(file: Path, to: Path) -> None:
    if not file.is_file():
        raise BackupError(f"{file}: no such file")
    try:
        with closing(sqlite3.connect(f"file:{file.resolve()}?mode=ro", uri=True)) as source:
            _check(source, file)
            known = {migration.name for migration in migrations.pending(Database(memory=True))}
            applied = source.execute("select name from _sqlite_migrations where migration_set = 'coach'").fetchall()
            newer = sorted({name for (name,) in applied} - known)
            if newer:
                raise BackupError(f"{file}: is of a newer version ({newer[0]}); update the product first")
            with closing(sqlite3.connect(to)) as target:
                source.backup(target)
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{file}: is no backup of the coach ({error})") from error


def _exchanged(database: Database, copy: Path) -> int:
    database.execute("pragma foreign_keys = off")
    database.execute("attach ? as backup", [str(copy)])
    rows = 0
    with database.atomic():
        for name in _tables(database):
            columns = ", ".join(f"[{column}]" for column in database[name].columns_dict)
            database.execute(f"delete from main.[{name}]")
            database.execute(f"insert into main.[{name}] ({columns}) select {columns} from backup.[{name}]")
            rows += int(database.execute(f"select count(*) from main.[{name}]").fetchone()[0])
    return rows


def _tables(database: Database) -> list[str]:
    return [name for name in database.table_names() if name not in KEPT and not name.startswith(("sqlite_", "_"))]


def _check(connection: sqlite3.Connection, file: Path) -> None:
    result = connection.execute("pragma integrity_check").fetchone()[0]
    if result != "ok":
        raise BackupError(f"{file}: is damaged ({result})")


@contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """An empty file beside `file`, its owner's only; gone afterwards unless it was moved."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(descriptor)
    draft = Path(name)
    try:
        yield draft
    finally:
        for path in (draft, draft.with_name(f"{draft.name}-journal")):
            path.unlink(missing_ok=True)
