"""The company's own material is copied without anything of people."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import own_material, own_tables, people
from store.backup import BackupError
from store.clock import utc_now
from store.company import copy_company
from store.database import open_database


def test_files_and_tables_go_over_people_do_not(database: Database, tmp_path: Path) -> None:
    file = own_material.add_draft(database, "手册.md", [("滤芯", "半年一换", b"\0" * 4)], "1", utc_now())
    own_material.publish(database, file.id)
    table = own_tables.add_draft(database, "话术.xlsx", [], {"changed": 0}, "1", utc_now())
    own_tables.publish(database, table.id)
    people.remember(database, "1", "王经理", utc_now())
    copy_company(tmp_path / "coach.db", tmp_path / "copy.db")
    with closing(open_database(tmp_path / "copy.db")) as copy:
        assert [passage.text for passage in own_material.passages(copy)] == ["半年一换"]
        assert own_tables.published(copy) == table.id
        assert copy["people"].count == 0


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"no database at all, but long enough to look like a file")
    with pytest.raises(BackupError, match="no database of this"):
        copy_company(tmp_path / "other.db", tmp_path / "copy.db")
