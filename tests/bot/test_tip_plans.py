"""The managers' chat about tips, pressed through from the front door; nobody else gets in."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlite_utils import Database

from bot.engine import Button, Reply
from store import deliveries, own_tips, people, plans, preferences, teams
from store.clock import utc_now
from store.own_tips import OwnQuiz
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
        if text.startswith("/offer_weak"):
            return [Reply("哪一项偏弱", (Button("太贵了（1 人）", '/offer_weak{"weak":"o.too_expensive.6.60"}'),))]
        if text.startswith("/offer_stock"):
            tip = Button("拆总价", '/show_tip{"tip":"price_split_the_sum"}')
            group = Button("太贵了", '/offer_stock{"named_objection":"too_expensive"}')
            return [Reply("库里的", (tip,) if "named_objection" in text else (group,))]
        asked = json.loads(text.partition("pick_tip")[2] or "{}")
        if asked:
            plans.issue(database, int(asked["plan"]), date.fromisoformat(asked["day"]), "price_split_the_sum")
        return [Reply(TIP)]

    small_bot.engine.answer = answer  # type: ignore[method-assign]
    return small_bot


def running(bot: SmallBot, database: Database) -> list[plans.Plan]:
    """The plans that this bot sends."""
    return plans.active(database, str(bot.telegram.world.bot["id"]))


def buttons_of(bot: SmallBot) -> list[str]:
    """Titles under the last message."""
    return [key["text"] for row in bot.bots_messages()[-1]["reply_markup"]["inline_keyboard"] for key in row]


def practised(database: Database, person_id: str, objection: str, total: int) -> None:
    """An answer in a drill with this total."""
    row = {"person_id": person_id, "turn": 1, "try": 1, "counts": 1, "objection": objection, "total": total}
    database["attempts"].insert({**row, "answered_at": utc_now().isoformat()})


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
    assert "真的不再用" in manager.said()[-1]
    await press(manager, "确定不再用")
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


async def test_a_quiz_stands_behind_an_own_tip_and_its_first_answer_counts(
    manager: SmallBot, database: Database
) -> None:
    await manager.says("/tip mine")
    await press(manager, "写一条")
    await manager.says("报价先拆开讲")
    await press(manager, "配小测验")
    for wrong, why in (("只有题目", "2 到 6 个"), ("题\n甲\n乙", "打 *"), ("题" * 301 + "\n*甲\n乙", "太长")):
        await manager.says(wrong)
        assert why in manager.said()[-1]
    await manager.says("客户嫌贵先做什么？\n*先问清\n＊再打折\n因为：先问")
    assert "只能一个" in manager.said()[-1]
    await manager.says("客户嫌贵先做什么？\n*先问清\n马上打折\n因为：先问清才知道贵在哪")
    assert "配好了" in manager.said()[-1]
    await manager.says("/tip now")
    await press(manager, "报价先拆开讲", "只发业务员", "确认发送")
    [tip] = await manager.telegram.wait_for(700_001)
    await manager.handled(manager.telegram.press(700_001, tip["message_id"], "答一题"))
    poll = manager.telegram.messages(700_001)[-1]
    assert poll["poll"]["explanation"] == "先问清才知道贵在哪"
    await manager.handled(manager.telegram.vote(700_001, poll["message_id"], 0))
    await manager.handled(manager.telegram.press(700_001, tip["message_id"], "答一题"))
    again = manager.telegram.messages(700_001)[-1]
    await manager.handled(manager.telegram.vote(700_001, again["message_id"], 1))
    report = deliveries.report(database, 1)
    assert (report.quizzed, report.right) == (1, 1)
    await manager.says("/tip plan")
    await press(manager, "看报告 #1")
    assert "答题 1 次，对 1 次" in manager.said()[-1]
    await manager.says("/tip mine")
    await press(manager, "报价先拆开讲", "拿掉测验", "确定拿掉")
    await manager.handled(manager.telegram.press(700_001, tip["message_id"], "答一题"))
    assert deliveries.report(database, 1).quizzed == 0
    assert manager.telegram.messages(700_001)[-1]["message_id"] == again["message_id"], "no quiz is asked any more"


async def test_a_quiz_is_only_for_those_who_got_the_tip(manager: SmallBot, database: Database) -> None:
    tip = own_tips.write(database, str(manager.person), 0, "只给一队看", "", utc_now())
    own_tips.set_quiz(database, str(manager.person), tip.id, OwnQuiz("题", ("甲", "乙"), 0, ""))
    message = {"message_id": 1, "date": 0, "chat": {"id": 700_002, "type": "private"}, "text": "x"}
    query = {"id": "9013", "from": manager.telegram.world.person(700_002), "message": message}
    raw = {"callback_query": {**query, "chat_instance": "1", "data": f"tips:ask:{tip.id}"}}
    await manager.handled(manager.telegram.send_raw(raw))
    assert manager.telegram.messages(700_002) == []


async def test_own_tips_are_ordered_and_paged(manager: SmallBot, database: Database) -> None:
    for number in range(10):
        own_tips.write(database, str(manager.person), 0, f"第{number}条", "", utc_now())
    await manager.says("/tip mine")
    assert "第1条" not in buttons_of(manager)
    await press(manager, "下一页 ›", "第1条", "往前排")
    assert [tip.text for tip in own_tips.of(database, str(manager.person))][-3:] == ["第1条", "第2条", "第0条"]
    await manager.says("/tip now")
    await press(manager, "下一页 ›")
    assert "第0条" in buttons_of(manager)
    assert "‹ 上一页" in buttons_of(manager)


async def test_those_weak_on_something_get_one_of_the_stock(manager: SmallBot, database: Database) -> None:
    practised(database, "700001", "too_expensive", 40)
    practised(database, str(manager.person), "too_expensive", 90)
    await manager.says("/tip now")
    await press(manager, "从库里挑", "太贵了", "拆总价", "某项偏弱的人", "太贵了（1 人）")
    assert "发给 1 人" in manager.said()[-1]
    await press(manager, "确认发送")
    await manager.telegram.wait_for(700_001)
    [plan] = running(manager, database)
    assert (plan.tip, plan.audience) == ("price_split_the_sum", ("weak", "o.too_expensive.6.60"))


async def test_plans_are_listed_by_pages(manager: SmallBot, database: Database) -> None:
    bot_id = str(manager.telegram.world.bot["id"])
    for _ in range(7):
        made = plans.draft(database, bot_id, str(manager.person), Rhythm.DAILY, date(2026, 3, 2), utc_now())
        plans.confirm(database, made.id, utc_now())
    await manager.says("/tip plan")
    assert "#7" in manager.said()[-1]
    assert "#2" not in manager.said()[-1]
    await press(manager, "下一页 ›")
    assert "#2" in manager.said()[-1]
    assert "‹ 上一页" in buttons_of(manager)


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
