"""The managers' chat about tips, pressed through from the front door; nobody else gets in."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlite_utils import Database

from bot.engine import Reply
from store import people, plans, preferences, teams
from store.clock import utc_now
from store.plan_times import Rhythm
from store.plans import State
from store.preferences import Preferences
from tests.admitting import admit
from tests.bot.small_bot import SmallBot

TIP = "☀️ 小贴士：把总价拆开"


@pytest.fixture
def manager(small_bot: SmallBot, database: Database) -> SmallBot:
    """The person is a manager with one rep in the team; quiet hours are off, whenever the test runs."""
    admit(small_bot.person, "王经理", people.MANAGER, "华东一队")
    small_bot.telegram.add_person(700_001, "小李")
    admit(700_001, "小李", people.REP, "华东一队")
    small_bot.telegram.add_person(700_002, "别队的")
    admit(700_002, "别队的", people.REP, "华南队")
    for person in (small_bot.person, 700_001):
        preferences.save(database, str(person), Preferences(quiet_from=0, quiet_until=0))

    async def answer(sender_id: str, text: str) -> list[Reply]:
        asked = json.loads(text.partition("pick_tip")[2] or "{}")
        if asked:
            plans.issue(database, int(asked["plan"]), date.fromisoformat(asked["day"]), "price_split_the_sum")
        return [Reply(TIP)]

    small_bot.engine.answer = answer  # type: ignore[method-assign]
    return small_bot


def running(bot: SmallBot, database: Database) -> list[plans.Plan]:
    """The plans that this bot sends."""
    return plans.active(database, str(bot.telegram.world.bot["id"]))


async def press(bot: SmallBot, *titles: str) -> None:
    for title in titles:
        await bot.presses(bot.bots_messages()[-1]["message_id"], title)


async def test_now_goes_to_the_own_team_after_a_preview(manager: SmallBot) -> None:
    await manager.says("/tip now")
    await press(manager, "给我惊喜", "只发业务员")
    assert manager.said()[-2:-1] == [TIP]
    assert "发给 1 人" in manager.said()[-1]
    assert manager.telegram.messages(700_001) == [], "nothing before it is confirmed"
    await press(manager, "确认发送")
    [message] = await manager.telegram.wait_for(700_001)
    assert message["text"] == TIP
    assert manager.telegram.messages(700_002) == [], "another manager's team"


async def test_a_second_press_sends_nothing_twice(manager: SmallBot) -> None:
    await manager.says("/tip now")
    await press(manager, "给我惊喜", "只发业务员")
    confirm = manager.bots_messages()[-1]["message_id"]
    for _ in range(2):
        await manager.presses(confirm, "确认发送")
    assert "已经变了" in manager.said()[-1]
    await manager.telegram.wait_for(700_001)
    assert len(manager.telegram.messages(700_001)) == 1


async def test_a_plan_is_listed_reported_and_stopped_after_asking(manager: SmallBot, database: Database) -> None:
    await manager.says("/tip plan")
    await press(manager, "新建计划", "工作日", "18 点", "给我惊喜", "华东一队", "确认发送")
    [plan] = running(manager, database)
    assert (plan.rhythm, plan.hour, plan.audience.kind) == (Rhythm.WEEKDAYS, 18, "team")
    await manager.says("/tip plan")
    assert "工作日 18 点：进行中" in manager.said()[-1]
    listed = manager.bots_messages()[-1]["message_id"]
    await manager.presses(listed, f"看报告 #{plan.id}")
    assert "计划 0 人" in manager.said()[-1]
    assert "读" not in manager.said()[-1], "nobody can know who read it"
    await manager.presses(listed, f"停掉 #{plan.id}")
    assert running(manager, database), "asked first"
    await press(manager, "确定停掉")
    assert not running(manager, database)
    assert [row["action"] for row in database["audit"].rows] == ["plan_tip", "stop_tip"]


async def test_cancelled_before_it_is_confirmed(manager: SmallBot, database: Database) -> None:
    await manager.says("/tip now")
    await press(manager, "给我惊喜", "我管的所有人", "取消")
    assert running(manager, database) == []
    assert plans.get(database, 1).state is State.CANCELLED  # type: ignore[union-attr]


async def test_an_own_tip_is_written_edited_sent_and_retired(manager: SmallBot) -> None:
    await manager.says("/tip mine")
    await press(manager, "写一条")
    await manager.says("长" * 301)
    assert "压到 300 字" in manager.said()[-1]
    await manager.says("报价先拆开讲")
    assert "存好了" in manager.said()[-1]
    await manager.says("/tip mine")
    await press(manager, "报价先拆开讲", "改这条")
    await manager.says("报价拆成三块讲")
    await manager.says("/tip now")
    await press(manager, "报价拆成三块讲", "只发业务员", "确认发送")
    [message] = await manager.telegram.wait_for(700_001)
    assert message["text"] == "报价拆成三块讲"
    await manager.says("/tip mine")
    await press(manager, "报价拆成三块讲", "不再用")
    await manager.says("/tip mine")
    assert "还没有写过" in manager.said()[-1]


async def test_an_own_tip_with_a_picture(manager: SmallBot) -> None:
    await manager.says("/tip mine")
    await press(manager, "写一条")
    await manager.handled(manager.telegram.send_media(manager.person, "photo"))
    assert "还缺文字" in manager.said()[-1]
    await manager.handled(manager.telegram.send_media(manager.person, "photo", caption="看图说话"))
    await manager.says("/tip now")
    await press(manager, "看图说话", "只发业务员", "确认发送")
    [message] = await manager.telegram.wait_for(700_001)
    assert (message["caption"], bool(message["photo"])) == ("看图说话", True)


async def test_a_command_ends_the_writing(manager: SmallBot) -> None:
    await manager.says("/tip mine")
    await press(manager, "写一条")
    await manager.says("/cancel")
    await manager.says("太贵了")
    assert manager.said()[-1] == TIP, "the engine answers"


async def test_a_rep_gets_the_tip_of_the_day_and_no_manager_screen(small_bot: SmallBot) -> None:
    await small_bot.says("/tip please")
    assert small_bot.engine.asked[-1][1] == "/ask_tip"
    for command in ("/tip now", "/tip plan", "/tip mine"):
        await small_bot.says(command)
        assert "经理用的功能" in small_bot.said()[-1]


async def test_who_is_a_manager_no_longer_cannot_press_old_buttons(manager: SmallBot, database: Database) -> None:
    await manager.says("/tip now")
    await press(manager, "给我惊喜", "只发业务员")
    people.set_role(database, str(manager.person), people.REP)
    before = manager.said()
    await press(manager, "确认发送")
    assert manager.said() == before
    assert running(manager, database) == []


async def test_another_managers_plan_is_out_of_reach(manager: SmallBot, database: Database) -> None:
    admit(700_009, "李经理", people.MANAGER, "华南队")
    foreign = plans.draft(
        database, str(manager.telegram.world.bot["id"]), "700009", Rhythm.DAILY, date(2026, 3, 2), utc_now()
    )
    plans.confirm(database, foreign.id, utc_now())
    await manager.says("/tip plan")
    message = manager.bots_messages()[-1]
    query = {"id": "9011", "from": manager.telegram.world.person(manager.person), "message": message}
    raw = {"callback_query": {**query, "chat_instance": "1", "data": f"tips:stopped:{foreign.id}"}}
    await manager.handled(manager.telegram.send_raw(raw))
    assert running(manager, database)
    assert teams.find(database, "华南队")


async def test_a_team_that_is_not_ones_own_gets_nothing(manager: SmallBot, database: Database) -> None:
    await manager.says("/tip now")
    await press(manager, "给我惊喜")
    foreign = teams.find(database, "华南队")
    assert foreign
    message = manager.bots_messages()[-1]
    query = {"id": "9012", "from": manager.telegram.world.person(manager.person), "message": message}
    raw = {"callback_query": {**query, "chat_instance": "1", "data": f"tips:to:1:team:{foreign.id}"}}
    await manager.handled(manager.telegram.send_raw(raw))
    assert "没有能收到的" in manager.said()[-1]
