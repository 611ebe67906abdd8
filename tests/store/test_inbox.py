"""The inbox: an update is kept before it is confirmed, tried and ended, and its words go with its end."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import inbox
from store.secrets import unseal

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
WORDS = "王总嫌我们家太贵了"
BOT = "10000"


def received(database: Database, update_id: int, bot_id: str = BOT) -> inbox.Key:
    key = inbox.Key(bot_id, update_id)
    assert inbox.receive(database, inbox.Received(key, "1001", "1001", WORDS), NOW)
    return key


def in_file(database: Database, path: Path) -> bool:
    """Whether the words can be read anywhere in the file."""
    database.execute("pragma wal_checkpoint(truncate)").fetchall()
    return WORDS.encode() in path.read_bytes()


def test_an_update_waits_sealed_until_its_end(database: Database, tmp_path: Path) -> None:
    key = received(database, 7)
    assert [(k, unseal(payload)) for k, payload in inbox.waiting(database, BOT)] == [(key, WORDS)]
    assert not in_file(database, tmp_path / "coach.db")
    inbox.end(database, key, NOW)
    assert list(inbox.waiting(database, BOT)) == []
    (row,) = database["inbox"].rows
    assert (row["state"], row["payload"], row["answers"]) == ("done", None, None)


@pytest.mark.parametrize("ended", [False, True])
def test_a_second_delivery_is_known(database: Database, ended: bool) -> None:
    key = received(database, 7)
    if ended:
        inbox.end(database, key, NOW)
    assert not inbox.receive(database, inbox.Received(key, "1001", "1001", WORDS), NOW)


def test_bots_count_for_themselves_and_order_is_that_of_arrival(database: Database) -> None:
    keys = [received(database, 9), received(database, 3), received(database, 5)]
    received(database, 9, bot_id="20000")
    assert [key for key, _ in inbox.waiting(database, BOT)] == keys


def test_a_try_knows_what_the_one_before_has_done(database: Database) -> None:
    key = received(database, 7)
    assert inbox.begin(database, key) == inbox.Progress(1, [], 0)
    inbox.note_answers(database, key, [["第一句"]])
    inbox.note_sent(database, key, 2)
    assert inbox.begin(database, key) == inbox.Progress(2, [["第一句"]], 2)
    inbox.end(database, key, NOW, aside=True)
    assert inbox.begin(database, key) is None


def test_only_ended_rows_are_cleared(database: Database) -> None:
    old, new, open_ = received(database, 1), received(database, 2), received(database, 3)
    inbox.end(database, old, NOW - timedelta(days=3))
    inbox.end(database, new, NOW)
    assert inbox.clear(database, NOW - timedelta(days=2)) == 1
    assert [row["update_id"] for row in database["inbox"].rows] == [new.update_id, open_.update_id]
