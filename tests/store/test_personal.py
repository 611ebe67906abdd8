"""One list of what is kept of people: complete, exported whole, forgotten without a trace, deleted in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from store import inbox, personal, secrets

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
PERSON, OTHER = "7001234567", "7007654321"
# Columns whose name says that they hold the id of a person or of a chat with one.
NAMES_A_PERSON = re.compile(r"(^|_)(person|people|sender|user|chat|member|owner|author|manager|rep|telegram)(_id)?$")
EXAMPLES: dict[Any, Any] = {str: "样本文字", int: 7, float: 0.5, bytes: b"\x00"}


def fill(database: Database, person_id: str, now: datetime, number: int) -> None:
    """A row of the person in every table of the list, sealed texts included, and one written in a group."""
    database.execute("pragma foreign_keys = off")
    for entry in personal.TABLES:
        for place in (person_id, f"-1009:{person_id}"):
            table = database[entry.table]
            row = {column: EXAMPLES[kind] for column, kind in table.columns_dict.items()}
            row |= {pk: f"{entry.table}{number}{place}" for pk in table.pks if table.columns_dict[pk] is str}
            row |= {pk: abs(hash((number, place))) % 10**9 for pk in table.pks if table.columns_dict.get(pk) is int}
            row |= {column: secrets.seal("王总说太贵") for column in entry.sealed}
            row |= {entry.at: now.isoformat()} if entry.at else {}
            table.insert(row | {entry.person: place})


def rows_of(database: Database, person_id: str) -> Iterator[str]:
    """Tables that hold the person's id anywhere."""
    for table in database.tables:
        if any(person_id in str(value) for row in table.rows for value in row.values()):
            yield table.name


def test_every_table_that_names_a_person_is_in_the_list(database: Database) -> None:
    listed = {entry.table for entry in personal.TABLES}
    naming = {t.name for t in database.tables if any(map(NAMES_A_PERSON.search, t.columns_dict))}
    assert naming - listed == set(), "add these tables to store/personal.py"
    assert listed <= set(database.table_names())


def test_a_new_table_with_a_persons_id_would_be_found(database: Database) -> None:
    database["notes"].create({"id": int, "person_id": str, "text": bytes}, pk="id")
    with pytest.raises(AssertionError, match="add these tables"):
        test_every_table_that_names_a_person_is_in_the_list(database)


def test_columns_of_the_list_exist(database: Database) -> None:
    for entry in personal.TABLES:
        assert {entry.person, *([entry.at] if entry.at else []), *entry.sealed} <= set(
            database[entry.table].columns_dict
        )
        assert bool(entry.keep) == bool(entry.at), entry.table


def test_an_export_holds_every_row_in_plain_words(database: Database) -> None:
    fill(database, PERSON, NOW, 1)
    fill(database, OTHER, NOW, 2)
    exported = personal.export(database, PERSON)
    assert {table: len(rows) for table, rows in exported.items()} == {entry.table: 2 for entry in personal.TABLES}
    assert OTHER not in str(exported)
    assert exported["inbox"][0]["payload"] == "王总说太贵"


def test_a_forgotten_person_is_in_no_row_and_not_in_the_file(database: Database, tmp_path: Path) -> None:
    fill(database, PERSON, NOW, 1)
    fill(database, OTHER, NOW, 2)
    for key in (inbox.Key(row["bot_id"], row["update_id"]) for row in list(database["inbox"].rows)):
        inbox.end(database, key, NOW)
    others = sorted(set(rows_of(database, OTHER)))
    assert personal.forget(database, PERSON) == 2 * sum(entry.forget for entry in personal.TABLES)
    assert sorted(set(rows_of(database, PERSON))) == ["audit", "inbox"], "in the inbox only the test's own keys hold it"
    for kept in ("audit", "inbox"):
        database.execute(f"delete from {kept}")
    personal.forget(database, PERSON)
    assert PERSON.encode() not in (tmp_path / "coach.db").read_bytes()
    assert (tmp_path / "coach.db-wal").stat().st_size == 0
    assert sorted(set(rows_of(database, OTHER))) == [name for name in others if name not in ("audit", "inbox")]


def test_what_is_too_old_goes_and_the_rest_stays(database: Database) -> None:
    fill(database, PERSON, NOW - timedelta(days=366), 1)
    fill(database, OTHER, NOW - timedelta(days=6), 2)
    personal.expire(database, NOW)
    old = {entry.table for entry in personal.TABLES if entry.keep is None}
    assert set(rows_of(database, PERSON)) == old
    assert set(rows_of(database, OTHER)) == {entry.table for entry in personal.TABLES}


def test_after_a_change_of_the_key_everything_opens_with_the_new_one(database: Database, tmp_path: Path) -> None:
    fill(database, PERSON, NOW, 1)
    secrets.rotate()
    assert personal.reseal(database) == sum(2 * len(entry.sealed) for entry in personal.TABLES)
    key_file = tmp_path / "coach.key"
    newest, _old = key_file.read_text(encoding="ascii").split()
    key_file.write_text(newest, encoding="ascii")
    assert personal.export(database, PERSON)["inbox"][1]["answers"] == "王总说太贵"
