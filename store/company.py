"""What of a database is the company's and nobody's in person: its own files and tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store.backup import BackupError
from store.database import open_database

TABLES = ("own_files", "own_passages", "own_tables")


def copy_company(source: Path, target: Path) -> None:
    """Copy the company's own material from one database into a new one; the source is only read.

    Raises:
        BackupError: `source` is no database of this product.
    """
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old:
            old.row_factory = sqlite3.Row
            found = {name: [dict(row) for row in old.execute(f"select * from [{name}]")] for name in TABLES}
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{source}: is no database of this version of the product: {error}") from None
    with closing(open_database(target)) as database, database.atomic():
        for name, rows in found.items():
            database.table(name).insert_all(rows)
