"""What an operator does with the stored data: `coach backup`, `coach restore`, `coach key`."""

from __future__ import annotations

import os
from pathlib import Path

from store import backup, secrets
from store.database import DEFAULT_PATH, PATH_VARIABLE, database


def write_backup(file: Path) -> None:
    """Copy the database to `file` and say what is not in it."""
    backup.backup(database(), file)
    print(f"{file}: written and checked. The key is not in it; keep {secrets.key_file()} elsewhere.")


def restore_backup(file: Path) -> None:
    """Put a backup in the database's place, after a backup of what is there now."""
    path = Path(os.environ.get(PATH_VARIABLE, DEFAULT_PATH))
    if path.exists():
        aside = path.with_name(f"{path.stem}.before-restore{path.suffix}")
        backup.backup(database(), aside)
        print(f"{aside}: what was there until now")
    print(f"{path}: {backup.restore(file, path)} rows restored. A bot that runs need not be restarted.")


def change_key() -> None:
    """Seal everything with a new key."""
    from store import personal

    secrets.rotate()
    print(f"{secrets.key_file()}: a new key; {personal.reseal(database())} texts sealed with it")
