"""Every screen the coach can show: complete, within Telegram's limits, short enough for a phone."""

from __future__ import annotations

import re
import statistics

import pytest

from bot import rendering
from bot.engine import ABSENT, Reply
from bot.handlers.buttons import is_payload
from dialogues.actions import _context as context
from dialogues.check import FOLDER
from knowledge.advice import advise
from knowledge.loader import knowledge
from knowledge.models import Style
from knowledge.tip_stock import tips
from nlu.registry import registry
from tests.dialogues.speaking import domain, executor, spoken

MOST_CHARACTERS = 4096
PAYLOAD_BYTES = 64
# One phone screen, docs/data-formats.md; half of all first screens stay below.
MEDIAN_CHARACTERS = 220
STYLES = [style.value for style in Style]
# They set slots, remind of a drill or hand over to the next action; the form, the rule or that action speaks.
SILENT = {
    "action_forget_context",
    "action_take_answer",
    "action_ask_practice_form_practice_answer",
    "action_start_naming",
    "action_take_name",
    "action_add_item",
    "action_add_note",
    "action_ask_words",
    "action_check_item",
    "action_drop_item",
    "action_drop_note",
    "action_keep_answer",
    "action_keep_item",
    "action_keep_note",
    "action_set_note",
    "action_show_forecast",
    "action_show_grade",
    "action_take_words",
    "action_take_product_words",
}
UTTER = re.compile(r'"(utter_\w+)"')


def assert_sound(replies: list[Reply], what: str) -> None:
    """No reply with something left over, too long, or with a button that cannot work."""
    assert replies, f"{what}: nothing was said"
    for reply in replies:
        assert reply.text.strip(), what
        assert not {"{", "}", ABSENT} & set(reply.text), f"{what}: a placeholder is left in\n{reply.text}"
        assert "None" not in reply.text, f"{what}:\n{reply.text}"
        assert not re.search(r"^\W+$|“”|（）", reply.text, re.MULTILINE), f"{what}: an empty line in\n{reply.text}"
        assert len(reply.text) <= MOST_CHARACTERS, what
        assert [reply.text] == rendering.texts(reply), f"{what}: does not fit one message"
        assert_buttons(reply, what)


def assert_buttons(reply: Reply, what: str) -> None:
    titles = [button.title for button in reply.buttons]
    assert len(set(titles)) == len(titles), f"{what}: two buttons read the same: {titles}"
    for button in reply.buttons:
        assert len(button.payload.encode()) <= PAYLOAD_BYTES, f"{what}: {button.payload}"
        assert is_payload(button.payload), f"{what}: {button.payload}"
        assert button.payload.partition("{")[0][1:] in registry().intents, f"{what}: {button.payload}"
    rendering.keyboard(reply)


def assert_cited(replies: list[Reply], what: str) -> None:
    """The first reply names rows of the material that exist."""
    assert replies[0].sources, f"{what}: no source"
    assert set(replies[0].sources) <= knowledge().sources.keys(), what
    assert replies[0].answered, what


# Reply ids -------------------------------------------------------------------------------------


def test_every_reply_that_an_action_names_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "actions").glob("*.py"))
    named = set(UTTER.findall(code))
    assert len(named) > 10
    assert named <= domain().responses.keys()


def test_every_action_of_the_domain_can_be_run() -> None:
    assert {name for name in domain().user_actions if name.startswith("action_")} == set(executor().actions)


def test_fixed_replies_are_sound() -> None:
    for name, variants in domain().responses.items():
        for variant in variants:
            assert variant["text"].strip(), name
            for button in variant.get("buttons", []):
                assert button["title"].strip(), name


# Objections ------------------------------------------------------------------------------------


@pytest.mark.parametrize("objection", registry().objections)
async def test_every_advice_on_an_objection(objection: str) -> None:
    for style in (None, *STYLES):
        for rank in range(advise(knowledge(), objection, style).count):
            slots = {"objection": objection, "style": style}
            replies = await spoken("action_answer_objection", objection, entities={"rank": str(rank)}, slots=slots)
            assert_sound(replies, f"{objection}, {style}, {rank}")
            assert_cited(replies, f"{objection}, {style}, {rank}")
            assert knowledge().objections[objection].title in replies[0].text


@pytest.mark.parametrize("objection", registry().objections)
async def test_every_follow_up_to_an_objection(objection: str) -> None:
    actions = ("explain_why", "show_source", "show_avoid", "show_next_step", "next_technique", "ask_the_cause")
    for style in (None, "driver"):
        for rank in range(advise(knowledge(), objection, style).count):
            slots = {"topic": "objection", "objection": objection, "style": style, "rank": rank}
            for action in actions:
                replies = await spoken(f"action_{action}", slots=slots)
                assert_sound(replies, f"{action}: {objection}, {style}, {rank}")
                assert_cited(replies, f"{action}: {objection}, {style}, {rank}")


@pytest.mark.parametrize("objection", registry().objections)
async def test_every_second_objection(objection: str) -> None:
    for style in STYLES:
        slots = {"objection": "too_expensive", "style": style}
        replies = await spoken("action_answer_objection", entities={"second_objection": objection}, slots=slots)
        assert_sound(replies, f"second: {objection}, {style}")
        assert len(replies) == 2


# Everything else -------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", sorted({card.topic for card in knowledge().cards.values()}))
async def test_every_card_and_each_of_its_pages(topic: str) -> None:
    for card in (card for card in knowledge().cards.values() if card.topic == topic):
        first = await spoken("action_show_card", "show_card", entities={"card": card.id})
        assert_sound(first, card.id)
        assert first[0].sources, card.id
        assert first[0].answered == (not card.lost), card.id
        for page in range(1, len(card.more) + 1):
            further = await spoken("action_show_page", "show_page", entities={"card": card.id, "page": str(page)})
            assert_sound(further, f"{card.id}, page {page}")
            leads_on = any(button.payload.startswith("/show_page") for button in further[0].buttons)
            assert leads_on == (page < len(card.more)), f"{card.id}, page {page}: the way on is wrong"


@pytest.mark.parametrize("action", ["action_show_source", "action_offer_more"])
async def test_what_can_follow_each_kind_of_card(action: str) -> None:
    known = knowledge()
    for topic, items in (("card", known.cards), ("technique", known.techniques), ("signal", known.signals)):
        for item in list(items)[::7]:
            assert_sound(await spoken(action, slots={"topic": topic, "shown": item}), f"{action}: {item}")


async def test_every_technique_signal_and_style() -> None:
    known = knowledge()
    for item in (*known.techniques, *known.signals):
        replies = await spoken("action_show_card", "show_card", entities={"card": item})
        assert_sound(replies, item)
        assert_cited(replies, item)
    for intent in ("ask_customer_type", "describe_customer"):
        for style in known.styles:
            replies = await spoken("action_describe_style", intent, entities={"style": style})
            assert_sound(replies, f"{intent}: {style}")
            assert_cited(replies, style)
            assert_sound(
                await spoken("action_show_page", "show_page", entities={"card": style, "page": "1"}),
                f"details: {style}",
            )


async def test_what_to_avoid_and_do_next_after_each_thing() -> None:
    known = knowledge()
    for topic, items in (("technique", known.techniques), ("signal", known.signals), ("style", known.styles)):
        for item in items:
            for action in ("action_show_avoid", "action_show_next_step"):
                assert_sound(await spoken(action, slots={"topic": topic, "shown": item}), f"{action}: {item}")


async def test_the_words_to_send_are_those_that_are_shown() -> None:
    [reply, *_] = await spoken("action_answer_objection", "too_expensive", slots={"objection": "too_expensive"})
    assert reply.words
    assert f"“{reply.words}”" in reply.text


async def test_every_tip() -> None:
    for tip in tips():
        assert_sound(await spoken("action_show_tip", "show_tip", entities={"tip": tip}), tip)


async def test_a_tip_asked_for_again_is_another_one() -> None:
    said = [(await spoken("action_give_tip", "ask_tip"))[0].text for _ in range(5)]
    assert len(set(said)) == 5


async def test_three_lines_for_every_objection_and_style() -> None:
    for objection, styles in knowledge().style_words.items():
        for style in (*styles, None):
            entities = {"advice": context.advice_name(objection, style, 0)}
            [reply] = await spoken("action_quick", "quick", entities=entities)
            assert_sound([reply], str(entities))
            assert len(reply.text.splitlines()) == 3


@pytest.mark.parametrize("action", sorted(name for name in executor().actions if name.startswith("action_")))
async def test_an_action_that_has_nothing_to_refer_to_says_so(action: str) -> None:
    if action in SILENT:
        return
    needs = {"action_answer_objection": {"objection": "no_need"}}
    assert_sound(await spoken(action, "ask_closing", slots=needs.get(action, {})), action)


@pytest.mark.parametrize(
    ("action", "entities"),
    [
        ("action_show_card", {"card": "no_such_card"}),
        ("action_show_card", {}),
        ("action_show_page", {"card": "closing_signals_all", "page": "99"}),
        ("action_show_page", {"card": "closing_signals_all", "page": "0"}),
        ("action_show_page", {"card": "closing_signals_all", "page": "x"}),
        ("action_describe_style", {"style": "dragon"}),
        ("action_explain_technique", {"technique": "hypnosis"}),
        ("action_answer_objection", {"rank": "-1"}),
        ("action_answer_objection", {"rank": "999"}),
        ("action_answer_objection", {"second_objection": "too_cheap"}),
    ],
)
async def test_an_old_button_that_names_nothing_gets_an_answer(action: str, entities: dict[str, str]) -> None:
    assert_sound(await spoken(action, entities=entities, slots={"objection": "no_need"}), f"{action} {entities}")


async def test_first_screens_fit_a_phone() -> None:
    lengths = {}
    for objection in registry().objections:
        for style in (None, *STYLES):
            slots = {"objection": objection, "style": style}
            replies = await spoken("action_answer_objection", objection, slots=slots)
            lengths[f"{objection}, {style}"] = len(replies[0].text)
    for card in knowledge().cards:
        replies = await spoken("action_show_card", "show_card", entities={"card": card})
        lengths[card] = len(replies[0].text)
    longest = sorted(lengths.items(), key=lambda item: -item[1])[:5]
    assert statistics.median(lengths.values()) <= MEDIAN_CHARACTERS, longest
