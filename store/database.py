"""The only place that opens the database: pragmas and migrations."""

from __future__ import annotations

import os
import re
import sqlite3
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

from store.migrations_customers import migrations

PATH_VARIABLE = "COACH_DATABASE"
DEFAULT_PATH = "data/coach.db"
# In the folder of the database: models that have learnt what the company's own customers say.
OWN_MODELS = "models"
WAIT_S = 1.0
_STORAGE_TROUBLE = re.compile("locked|busy|full|readonly|disk i/o|unable to open", re.IGNORECASE)


def open_database(path: Path) -> Database:
    """Open (and create or bring up to date) the database file at `path`; safe with several processes.

    Write-ahead logging lets readers go on while one process writes; a writer waits up to 1 s for another, and everybody
    with it, so longer is worse than trying again. What is deleted is overwritten.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=WAIT_S, check_same_thread=False)
    database = Database(connection)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = normal")
    database.execute("pragma foreign_keys = on")
    database.execute("pragma secure_delete = on")
    migrations.apply(database)
    return database


def is_storage_trouble(error: BaseException | None) -> bool:
    """Whether the file cannot be used for the moment (locked, full, read-only), in contrast to a wrong statement."""
    return isinstance(error, sqlite3.OperationalError) and bool(_STORAGE_TROUBLE.search(str(error)))


@lru_cache(maxsize=1)
def _opened(path: str) -> Database:
    return open_database(Path(path))


def database() -> Database:
    """This process's database, at the path in COACH_DATABASE; opened at the first call."""
    return _opened(os.environ.get(PATH_VARIABLE, DEFAULT_PATH))


def database_folder() -> Path:
    """Where the database lies, and what belongs to it."""
    return Path(os.environ.get(PATH_VARIABLE, DEFAULT_PATH)).resolve().parent
