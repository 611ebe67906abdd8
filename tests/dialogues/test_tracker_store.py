"""Conversations stay short in memory, and their facts, never the words, outlive the process."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlite_utils import Database

from dialogues import tracker_store
from dialogues.tracker_store import EVENTS_KEPT, FactsTrackerStore
from store import personal
from tests.dialogues.speaking import domain

PERSON = "700"
NOON = datetime(2025, 3, 3, 12, 0, tzinfo=timezone.utc)
SECRET = "客户王总说太贵了只肯出三万"


@pytest.fixture
def store() -> FactsTrackerStore:
    return FactsTrackerStore(domain())


def new_process() -> FactsTrackerStore:
    """A store that has nothing in memory."""
    return FactsTrackerStore(domain())


async def talk(store: FactsTrackerStore, *slots: SlotSet, turns: int = 1, sender: str = PERSON) -> DialogueStateTracker:
    """Some turns of a conversation, saved as Rasa saves it."""
    tracker = await store.get_or_create_tracker(sender)
    for _ in range(turns):
        tracker.update(UserUttered(SECRET, {"name": "too_expensive"}), domain())
        for event in slots:
            tracker.update(event, domain())
        tracker.update(BotUttered("先别降价"), domain())
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME), domain())
        await store.save(tracker)
    return tracker


def stored(database: Database, sender: str = PERSON) -> dict[str, object]:
    """The slots in the database."""
    return dict(json.loads(database["conversations"].get(sender)["slots"]))


async def test_facts_survive_a_restart(store: FactsTrackerStore) -> None:
    await talk(store, SlotSet("objection", "too_expensive"), SlotSet("style", "driver"), SlotSet("rank", 2))
    tracker = await new_process().retrieve(PERSON)
    assert tracker is not None
    assert (tracker.get_slot("objection"), tracker.get_slot("style"), tracker.get_slot("rank")) == (
        "too_expensive",
        "driver",
        2,
    )


async def test_a_practice_under_way_survives_a_restart(store: FactsTrackerStore) -> None:
    tracker = await talk(store, SlotSet("objection", "no_need"))
    tracker.update(ActiveLoop("practice_form"), domain())
    tracker.update(SlotSet("requested_slot", "practice_answer"), domain())
    await store.save(tracker)
    again = await new_process().retrieve(PERSON)
    assert again is not None
    assert again.active_loop_name == "practice_form"
    assert again.get_slot("requested_slot") == "practice_answer"
    assert again.get_slot("objection") == "no_need"
    assert again.latest_action_name == ACTION_LISTEN_NAME


async def test_somebody_new_has_no_conversation(store: FactsTrackerStore) -> None:
    await talk(store)
    assert await store.retrieve("701") is None
    assert await new_process().retrieve("701") is None


async def test_words_never_reach_the_database(store: FactsTrackerStore, database: Database) -> None:
    await talk(
        store, SlotSet("unclear_text", SECRET), SlotSet("practice_answer", SECRET), SlotSet("topic", "objection")
    )
    assert stored(database) == {"topic": "objection"}
    everything = "\n".join(str(row) for table in database.tables for row in table.rows)
    assert PERSON in everything
    assert SECRET not in everything
    assert "先别降价" not in everything


async def test_what_was_forgotten_is_forgotten_in_the_database_too(
    store: FactsTrackerStore, database: Database
) -> None:
    await talk(store, SlotSet("style", "driver"))
    await talk(store, SlotSet("style", None))
    assert stored(database) == {}


async def test_a_long_conversation_is_rewritten_and_stays_short(store: FactsTrackerStore) -> None:
    longest = 0
    for turn in range(150):
        await talk(store, SlotSet("objection", "too_expensive"), SlotSet("rank", turn))
        tracker = await store.retrieve(PERSON)
        assert tracker is not None
        longest = max(longest, len(tracker.events))
        assert tracker.get_slot("rank") == turn
        assert tracker.get_slot("objection") == "too_expensive"
    assert longest <= EVENTS_KEPT


async def test_a_long_conversation_is_not_cut_within_a_practice(store: FactsTrackerStore) -> None:
    tracker = await talk(store)
    tracker.update(ActiveLoop("practice_form"), domain())
    tracker = await talk(store, turns=EVENTS_KEPT // 2)
    assert len(tracker.events) > EVENTS_KEPT
    kept = await store.retrieve(PERSON)
    assert kept is not None
    assert kept.active_loop_name == "practice_form"
    assert len(kept.events) == len(tracker.events)


async def test_a_session_expires_after_its_time(store: FactsTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = domain().session_config.session_expiration_time
    monkeypatch.setattr(tracker_store, "utc_now", lambda: NOON)
    await talk(store, SlotSet("style", "driver"))
    monkeypatch.setattr(tracker_store, "utc_now", lambda: NOON + timedelta(minutes=minutes))
    assert await new_process().retrieve(PERSON) is not None
    monkeypatch.setattr(tracker_store, "utc_now", lambda: NOON + timedelta(minutes=minutes, seconds=1))
    assert await new_process().retrieve(PERSON) is None


async def test_people_do_not_share_facts(store: FactsTrackerStore, database: Database) -> None:
    await talk(store, SlotSet("style", "driver"))
    await talk(store, SlotSet("style", "amiable"), sender="-5:700")
    assert stored(database)["style"] == "driver"
    assert stored(database, "-5:700")["style"] == "amiable"
    assert set(await store.keys()) == {PERSON, "-5:700"}


async def test_the_least_recent_conversation_leaves_memory_and_comes_back(
    store: FactsTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker_store, "CONVERSATIONS_KEPT", 2)
    for sender in ("1", "2", "1", "3"):
        await talk(store, SlotSet("style", "driver"), sender=sender)
    assert set(await store.keys()) == {"1", "3"}
    back = await store.retrieve("2")
    assert back is not None
    assert back.get_slot("style") == "driver"


async def test_a_forgotten_person_is_gone_from_memory_too(store: FactsTrackerStore, database: Database) -> None:
    await talk(store, SlotSet("objection", "too_expensive"))
    await talk(store, SlotSet("objection", "too_expensive"), sender="701")
    personal.forget(database, PERSON)
    assert await store.retrieve(PERSON) is None
    assert list(await store.keys()) == ["701"]
    assert await store.retrieve("701") is not None
