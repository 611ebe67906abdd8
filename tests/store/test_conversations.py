"""Facts of a conversation: kept, replaced, forgotten, and too old after a while."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sqlite_utils import Database

from store import conversations
from store.conversations import Facts

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
FACTS = Facts({"objection": "too_expensive", "rank": 2, "customer": "王总"}, "practice_form")


def test_what_was_saved_is_recalled(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    assert conversations.recall(database, "7", NOON, HOUR) == FACTS


def test_somebody_unknown_has_no_facts(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    assert conversations.recall(database, "70", NOON, HOUR) is None


def test_the_latest_facts_replace_the_earlier_ones(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    conversations.save(database, "7", Facts({}, None), NOON)
    assert conversations.recall(database, "7", NOON, HOUR) == Facts({}, None)
    assert database["conversations"].count == 1


def test_facts_expire_after_the_time_allowed_and_not_before(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    assert conversations.recall(database, "7", NOON + HOUR, HOUR) == FACTS
    assert conversations.recall(database, "7", NOON + HOUR + timedelta(seconds=1), HOUR) is None


def test_each_save_starts_the_time_anew(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    conversations.save(database, "7", FACTS, NOON + HOUR)
    assert conversations.recall(database, "7", NOON + HOUR * 2, HOUR) == FACTS


def test_only_the_named_conversation_is_forgotten(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    conversations.save(database, "8", FACTS, NOON)
    conversations.forget(database, "7")
    conversations.forget(database, "nobody")
    assert conversations.recall(database, "7", NOON, HOUR) is None
    assert conversations.recall(database, "8", NOON, HOUR) == FACTS


def test_chinese_stays_readable_in_the_file(database: Database) -> None:
    conversations.save(database, "7", FACTS, NOON)
    assert "王总" in database["conversations"].get("7")["slots"]
