"""Every screen of a drill, with the real scorer and database, without a model."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlite_utils import Database

from bot.engine import Reply
from dialogues.actions._commands import FILE, command
from knowledge.drill.data import scenarios
from knowledge.drill.models import Scenario
from knowledge.loader import knowledge, read_yaml
from store import appeals, attempts, drills
from store.clock import utc_now
from tests.dialogues.speaking import spoken
from tests.dialogues.test_actions_replies import assert_buttons, assert_cited, assert_sound

GOOD = (
    "您这么担心很正常，换我也会算清楚。您最放不下的是哪一点？我把这一项的明细和检测报告列成一张表，"
    "三个数字都标上出处，明天上午十点发您核对，行吗？"
)
EMPTY = "我们口碑很好，值得信赖，您放心"
ALL = list(scenarios().values())
MOST_LINES = 20
PERSON = "tests"


async def begin(scenario: Scenario) -> list[Reply]:
    """Sit down with this very customer."""
    wish = {"named_objection": scenario.objection, "style": scenario.style, "industry": scenario.industry}
    return await spoken("action_start_drill", "start_drill", entities={**wish, "level": str(scenario.level)})


async def answer(text: str) -> Reply:
    """What the rep sees after an answer."""
    [reply] = await spoken("action_take_turn", text=text, slots={"practice_answer": text})
    return reply


async def play(text: str) -> Reply:
    """Answer the same until it is over; the card."""
    for _ in range(6):
        reply = await answer(text)
        if "🏁" in reply.text:
            return reply
    raise AssertionError("the talk did not end")


async def press(reply: Reply, title: str, action: str) -> Reply:
    """What the action says to a button under a reply."""
    payload = next(button.payload for button in reply.buttons if button.title == title)
    intent, _, entities = payload[1:].partition("{")
    given: dict[str, Any] = json.loads("{" + entities) if entities else {}
    [shown] = await spoken(action, intent, entities=given)
    return shown


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.id)
async def test_every_customer_from_the_introduction_to_the_card(scenario: Scenario) -> None:
    first = await begin(scenario)
    assert_sound(first, scenario.id)
    assert scenario.opening in first[0].text
    assert (knowledge().styles[scenario.style].title in first[0].text) == (scenario.level < 3)
    assert scenario.hidden.concern not in first[0].text
    for text in (GOOD, EMPTY):
        reply = await answer(text)
        assert_sound([reply], scenario.id)
        assert len(reply.text.splitlines()) <= 3
    card = await play(EMPTY)
    assert_sound([card], scenario.id)
    assert_cited([card], scenario.id)
    assert "客户走了" in card.text
    assert scenario.hidden.concern in card.text
    assert len(card.text.splitlines()) <= MOST_LINES


async def test_a_good_seller_sees_the_customer_agree(database: Database) -> None:
    await begin(scenarios()["expensive_tutoring_amiable"])
    card = await play(GOOD)
    assert "客户答应了下一步" in card.text
    assert next(iter(database["drills"].rows))["status"] == "agrees"
    assert next(iter(database["drills"].rows))["total"] == int(card.text.partition("｜")[2].split()[0])


async def test_the_same_answer_to_the_same_words_gets_the_same_score(database: Database) -> None:
    for _ in range(2):
        await begin(scenarios()["expensive_home_driver"])
        await answer(GOOD)
    [first, second] = [row["total"] for row in database["attempts"].rows]
    assert first == second > 0


async def test_every_reason_can_be_read_and_appealed(database: Database) -> None:
    await begin(scenarios()["expensive_home_driver"])
    await answer(GOOD)
    await answer("您是不是买不起？再不定就涨价了")
    card = await play(EMPTY)
    reasons = await press(card, "为什么？", "action_explain_score")
    assert_sound([reasons], "reasons")
    assert len(reasons.buttons) > 7, "a fault has no reason"
    for button in reasons.buttons:
        reason = await press(reasons, button.title, "action_explain_check")
        assert_sound([reason], button.title)
        assert_cited([reason], button.title)
        consent = await press(reason, "我不同意", "action_appeal_check")
        assert "主管会看到" in consent.text
        filed = await press(consent, "交给主管", "action_appeal_check")
        assert "已经交给主管" in filed.text
        assert "已经交过" in (await press(consent, "交给主管", "action_appeal_check")).text
    assert len(appeals.pending(database)) == len(reasons.buttons)


async def test_a_managers_verdict_changes_the_card(database: Database) -> None:
    await begin(scenarios()["expensive_home_driver"])
    card = await play(EMPTY)
    reasons = await press(card, "为什么？", "action_explain_score")
    reason = await press(reasons, "问出原因", "action_explain_check")
    assert "❌ 问出原因" in reason.text
    consent = await press(reason, "我不同意", "action_appeal_check")
    await press(consent, "交给主管", "action_appeal_check")
    appeals.decide(database, appeals.pending(database)[0].id, "yes", "1", utc_now())
    again = await press(reason, "回到得分", "action_show_score")
    assert "✅ 问出原因" in again.text
    assert "主管" in (await press(reasons, "问出原因", "action_explain_check")).text


async def test_what_others_said_cannot_be_looked_at(database: Database) -> None:
    drill = drills.start(database, "somebody", "expensive_home_driver", 2, {}, utc_now())
    for action in ("action_show_score", "action_explain_score", "action_show_model_answer"):
        [reply] = await spoken(action, entities={"drill": str(drill.id)})
        assert "找不到" in reply.text
    [reply] = await spoken("action_retry_turn", entities={"drill": str(drill.id)})
    assert "没有在练习" in reply.text
    for number in ("1.technique", "x.technique", "1", "99999999999999999999.technique"):
        for action in ("action_explain_check", "action_appeal_check"):
            [reply] = await spoken(action, entities={"check": number})
            assert "找不到" in reply.text


async def test_the_model_answer_is_no_answer() -> None:
    await begin(scenarios()["expensive_home_driver"])
    card = await play(EMPTY)
    model = await press(card, "示范答法", "action_show_model_answer")
    assert_sound([model], "model answer")
    retry = next(button.title for button in model.buttons if "重来" in button.title)
    await press(model, retry, "action_retry_turn")
    copied = await answer(model.text.partition("💬 “")[2].partition("”")[0])
    assert copied.text.startswith("✋")
    assert (await answer(GOOD)).text.startswith("📈")


async def test_trying_again_shows_the_gain_and_the_talk_goes_on(database: Database) -> None:
    await begin(scenarios()["expensive_tutoring_amiable"])
    bad = await answer(EMPTY)
    again = await press(bad, "这轮重来", "action_retry_turn")
    assert "第 1 轮重来" in again.text
    assert scenarios()["expensive_tutoring_amiable"].opening in again.text
    better = await answer(GOOD)
    before, after = [row["total"] for row in database.query("select total from attempts order by id")]
    assert f"{before} → {after} 分（{after - before:+d}）" in better.text
    assert after > before
    assert "答应" in (await play(GOOD)).text


async def test_too_little_is_not_scored_and_the_customer_notices() -> None:
    await begin(scenarios()["expensive_tutoring_amiable"])
    reply = await answer("嗯")
    assert "没法评分" in reply.text
    assert any(line in reply.text for line in scenarios()["expensive_tutoring_amiable"].lines["repeats"])
    card = await play("嗯")
    assert_sound([card], "nothing scored")
    assert "没有能评分的回答" in card.text


async def test_the_coaching_line_can_be_switched_off() -> None:
    await begin(scenarios()["expensive_tutoring_amiable"])
    assert "🧭" in (await answer(EMPTY)).text
    [paused] = await spoken("action_pause_drill")
    off = await press(paused, "关掉点评", "action_set_coaching")
    assert_sound([off], "off")
    await press(off, "接着练", "action_resume_drill")
    assert "🧭" not in (await answer(GOOD)).text
    assert "开" in (await press(off, "打开点评", "action_set_coaching")).text


async def test_an_open_talk_is_offered_again_and_can_be_left_for_another() -> None:
    await begin(scenarios()["expensive_tutoring_amiable"])
    waiting = await answer(GOOD)
    [offered] = await spoken("action_start_drill", "start_drill")
    assert "还没聊完（第 2 轮）" in offered.text
    assert waiting.text.splitlines()[-1] in offered.text
    other = await press(offered, "换一位", "action_start_drill")
    assert "🎭 对练" in other.text


async def test_a_hint_tells_what_is_behind_and_gives_no_words_to_copy() -> None:
    for scenario in ALL:
        await begin(scenario)
        [hint] = await spoken("action_give_hint")
        assert_sound([hint], scenario.id)
        assert knowledge().objections[scenario.objection].behind in hint.text


@pytest.mark.parametrize("objection", knowledge().objections)
async def test_every_rubric_can_be_read_before(objection: str) -> None:
    [reply] = await spoken("action_show_rubric", entities={"named_objection": objection})
    assert_sound([reply], objection)
    assert_cited([reply], objection)


async def test_everything_can_be_chosen_by_button() -> None:
    wishes = 0
    for entities in ({}, {"by": "objection"}, {"by": "objection", "page": "2"}, {"by": "style"}, {"by": "industry"}):
        [menu] = await spoken("action_choose_drill", entities=entities)
        assert_buttons(menu, str(entities))
        wishes += sum(button.payload.startswith("/start_drill{") for button in menu.buttons)
    assert wishes == 18 + 5 + 13 + 4
    [clamped] = await spoken("action_choose_drill", entities={"by": "objection", "page": "99"})
    assert "2/2" in clamped.text


async def test_a_wish_that_nobody_fulfils_is_told() -> None:
    [reply] = await spoken("action_start_drill", entities={"named_objection": "noncommittal", "style": "driver"})
    assert "暂时没有" in reply.text


def test_commands_are_words_typed_alone() -> None:
    assert {name for name in read_yaml(FILE)} == {"hint", "retry", "pause", "stop", "other"}
    assert command("提示！") == "hint"
    assert command(" 這輪重來 ") == "retry"
    assert command("给您提示一下价格") is None


async def test_deleted_words_leave_a_plain_sentence(database: Database) -> None:
    await begin(scenarios()["expensive_tutoring_amiable"])
    card = await play(EMPTY)
    attempts.forget_words(database, PERSON)
    assert "找不到" in (await press(card, "为什么？", "action_explain_score")).text
    assert "找不到" in (await press(card, "示范答法", "action_show_model_answer")).text
