"""Rasa inside this process: a turn gives messages, a text is parsed, and a long conversation costs no more."""

from __future__ import annotations

import asyncio
import logging
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database

from dialogues.tracker_store import EVENTS_KEPT

if TYPE_CHECKING:
    from rasa.core.policies.policy import PolicyPrediction
    from rasa.shared.core.trackers import DialogueStateTracker

    from dialogues.embedded import EmbeddedRasa

pytestmark = pytest.mark.model
_numbers = count(900_001)
# Through rules, stories, forms and what interrupts a form.
TALK = (
    *("太贵了", "/ask_why", "qwxz", "对", "/start_drill", "您预算大概多少", "/greet"),
    *("/cancel", "/start_forecast", "今天天气怎么样"),
)


@pytest.fixture
def person() -> str:
    """Somebody new."""
    return str(next(_numbers))


def texts(messages: list[dict[str, object]]) -> str:
    return "\n".join(str(message.get("text", "")) for message in messages)


async def test_a_turn_gives_messages(rasa: EmbeddedRasa, person: str) -> None:
    messages = await rasa.answer(person, "太贵了")
    assert "「太贵了」" in texts(messages)
    assert {message["recipient_id"] for message in messages} == {person}
    assert any("buttons" in message for message in messages)
    assert any("custom" in message for message in messages)


async def test_a_payload_is_a_turn_too(rasa: EmbeddedRasa, person: str) -> None:
    assert "控制型" in texts(await rasa.answer(person, '/too_expensive{"style":"driver"}'))


async def test_a_later_turn_knows_the_earlier_one(rasa: EmbeddedRasa, person: str) -> None:
    await rasa.answer(person, "/too_expensive")
    assert "为什么用" in texts(await rasa.answer(person, "/ask_why"))
    assert "为什么用" not in texts(await rasa.answer(str(next(_numbers)), "/ask_why"))


async def test_a_question_is_logged_without_its_words(rasa: EmbeddedRasa, person: str, database: Database) -> None:
    await rasa.answer(person, "太贵了，王总说的")
    rows = list(database["questions"].rows_where("sender_id = ?", [person]))
    assert [(row["intent"], row["outcome"]) for row in rows] == [("too_expensive", "answered")]
    assert "王总" not in str(rows)


async def test_rules_alone_say_what_all_policies_say(
    rasa: EmbeddedRasa, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasa.core.processor import MessageProcessor

    quickly = rasa.processor._predict_next_with_tracker
    compared = []

    def both(tracker: DialogueStateTracker) -> PolicyPrediction:
        thorough = MessageProcessor._predict_next_with_tracker(rasa.processor, tracker.copy())
        quick = quickly(tracker)
        compared.append((thorough.probabilities, thorough.events) == (quick.probabilities, quick.events))
        return quick

    monkeypatch.setattr(rasa.processor, "_predict_next_with_tracker", both)
    for text in TALK:
        await rasa.answer(person, text)
    assert len(compared) > 16
    assert all(compared)


async def test_the_index_finds_the_rules_that_rasa_finds(
    rasa: EmbeddedRasa, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasa.core.policies.rule_policy import RulePolicy

    from dialogues.quick_rules import QuickRules

    quickly, found = QuickRules._get_possible_keys, []

    def both(rules: QuickRules, lookup: dict[str, str], states: Any) -> set[str]:
        quick = quickly(rules, lookup, states)
        found.append((quick, RulePolicy._get_possible_keys(rules, lookup, states)))
        return quick

    monkeypatch.setattr(QuickRules, "_get_possible_keys", both)
    for text in TALK:
        await rasa.answer(person, text)
    assert all(quick == thorough for quick, thorough in found)
    assert sum(bool(quick) for quick, _ in found) > 10


@pytest.mark.parametrize("name", ["rasa", "rasa.core.processor", "rasa_sdk"])
def test_rasa_does_not_log_every_turn(rasa: EmbeddedRasa, name: str) -> None:
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)


async def test_a_text_is_parsed(rasa: EmbeddedRasa) -> None:
    parsed = await rasa.parse("太貴了！！！")
    assert parsed["intent"]["name"] == "too_expensive"
    assert parsed["intent_ranking"][0]["name"] == "too_expensive"
    assert parsed["text"] == "太贵了！"


async def test_parsing_leaves_no_conversation(rasa: EmbeddedRasa, database: Database) -> None:
    before = set(await rasa.processor.tracker_store.keys())
    await rasa.parse("太贵了")
    assert set(await rasa.processor.tracker_store.keys()) == before
    assert database["questions"].count == 0


async def test_a_text_that_means_nothing_gets_an_answer(rasa: EmbeddedRasa, person: str) -> None:
    for text in ("", " ", "。", "asdfgh", "😀", "/no_such_intent", "长" * 1000):
        assert texts(await rasa.answer(person, text)).strip(), ascii(text)[:20]


async def test_the_cost_of_a_turn_does_not_grow(rasa: EmbeddedRasa, person: str) -> None:
    lengths = []
    for turn in range(60):
        await rasa.answer(person, ("/too_expensive", "/next_technique", "/ask_why")[turn % 3])
        tracker = await rasa.processor.tracker_store.retrieve(person)
        assert tracker is not None
        lengths.append(len(tracker.events))
    assert max(lengths) <= EVENTS_KEPT
    assert min(lengths[30:]) < EVENTS_KEPT / 2, "the conversation was never rewritten"


async def test_turns_at_the_same_time_do_not_mix(rasa: EmbeddedRasa) -> None:
    people = [str(next(_numbers)) for _ in range(4)]
    payloads = ["/too_expensive", "/no_need", "/next_time", "/think_it_over"]
    await asyncio.gather(*(rasa.answer(*turn) for turn in zip(people, payloads, strict=True)))
    for person, payload in zip(people, payloads, strict=True):
        tracker = await rasa.processor.tracker_store.retrieve(person)
        assert tracker is not None
        assert tracker.get_slot("objection") == payload[1:]


async def test_quick_turns_of_one_person_come_one_after_the_other(rasa: EmbeddedRasa, person: str) -> None:
    await asyncio.gather(
        *(rasa.answer(person, text) for text in ("/too_expensive", "/next_technique", "/next_technique"))
    )
    tracker = await rasa.processor.tracker_store.retrieve(person)
    assert tracker is not None
    assert tracker.get_slot("rank") == 2


@pytest.mark.parametrize("typed", ["／start_drill", "😀/start_drill", " /start_drill"])
async def test_typed_words_are_never_taken_for_a_button(rasa: EmbeddedRasa, typed: str) -> None:
    parsed = await rasa.parse(typed)
    assert (parsed["intent"]["name"], parsed["intent"]["confidence"]) != ("start_drill", 1.0)
