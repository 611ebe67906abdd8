"""Two managers of two teams, their reps, a stranger and somebody who blocked the bot; the clock is passed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlite_utils import Database
from telegram.ext import ExtBot

from bot import reminders, weekly
from bot.engine import EmbeddedEngine
from dialogues.embedded import EmbeddedRasa
from store import drills, people, preferences
from store.clock import utc_now
from store.preferences import Preferences
from tests.bot_under_test import TOKEN, BotUnderTest

pytestmark = pytest.mark.model

NINE = datetime(2030, 3, 4, 1, 0, tzinfo=timezone.utc)  # Monday, 9:00 in Beijing; later than all that the test does


class Talk:
    """One person's private chat; every step gives the bot's last message."""

    def __init__(self, bot: BotUnderTest, name: str, role: str = people.REP, team: str = "") -> None:
        self._bot = bot
        self.person = bot.new_person(name, member=bool(team), role=role, team=team)

    async def says(self, text: str) -> str:
        await self._bot.handled(self._bot.telegram.send_text(self.person, text))
        return self.last()

    async def presses(self, *titles: str) -> str:
        for title in titles:
            await self._bot.handled(self._bot.telegram.press(self.person, self.messages()[-1]["message_id"], title))
        return self.last()

    def messages(self) -> list[dict[str, Any]]:
        return [m for m in self._bot.telegram.messages(self.person) if m["from"]["is_bot"]]

    def last(self) -> str:
        message = self.messages()[-1]
        return str(message.get("text") or message.get("caption") or "")

    def titles(self) -> list[str]:
        rows = self.messages()[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [key["text"] for row in rows for key in row]


class Staff:
    """Everybody of the two teams, and one who belongs to none."""

    def __init__(self, bot: BotUnderTest) -> None:
        self.east = Talk(bot, "东经理", people.MANAGER, "华东")
        self.west = Talk(bot, "西经理", people.MANAGER, "华西")
        self.lin, self.zhou = Talk(bot, "小林", team="华东"), Talk(bot, "小周", team="华东")
        self.wu = Talk(bot, "老吴", team="华西")
        self.stranger = Talk(bot, "路人")


@pytest.fixture
def staff(bot: BotUnderTest) -> Staff:
    return Staff(bot)


@pytest.fixture
async def sender(bot: BotUnderTest) -> AsyncIterator[ExtBot[int]]:
    """A bot of the test's own, for what is sent at times that the test chooses."""
    made: ExtBot[int] = ExtBot(TOKEN, base_url=bot.telegram.base_url)
    async with made:
        yield made


def practise(database: Database, who: Talk, objection: str, *totals: int) -> None:
    """Answers in drills with these totals."""
    for total in totals:
        row = {"person_id": str(who.person), "turn": 1, "try": 1, "counts": 1, "objection": objection, "total": total}
        made = database["attempts"].insert({**row, "answered_at": utc_now().isoformat()}).last_pk
        check = {"attempt_id": made, "check_id": "explores", "kind": "check", "points": 0.0, "max_points": 14.0}
        database["attempt_checks"].insert({**check, "verdict": "no"})


async def test_each_manager_sees_the_own_team_and_nobody_else_any(staff: Staff, database: Database) -> None:
    practise(database, staff.lin, "too_expensive", 30, 35, 40)
    practise(database, staff.wu, "no_need", 90)
    seen = await staff.east.says("/team")
    assert "小林（太贵了）" in seen
    assert "还没练：小周" in seen
    assert "老吴" not in seen
    assert staff.east.messages()[-1]["photo"]
    assert "小林" not in await staff.west.says("/team")
    assert "要经理才能做" in await staff.lin.says("/team")
    assert "只陪自己的同事" in await staff.stranger.says("/team")


async def test_a_set_is_assigned_told_in_waking_hours_and_its_result_seen(
    bot: BotUnderTest, staff: Staff, database: Database
) -> None:
    preferences.save(database, str(staff.lin.person), Preferences(quiet_from=0, quiet_until=0))
    now = utc_now()
    hour = preferences.of(database, str(staff.zhou.person)).local(now).hour
    preferences.save(database, str(staff.zhou.person), Preferences(quiet_from=hour, quiet_until=(hour + 1) % 24))
    practise(database, staff.lin, "no_need", 20)
    await staff.east.says("/assign")
    asked = await staff.east.presses("最弱的三类", "所有人", "3 天")
    assert "不需要" in asked
    assert staff.east.titles() == ["确定布置", "算了"]
    assert "2 人" in await staff.east.presses("确定布置")
    told = {reminder.person_id for reminder in reminders.due(now, local=False)}
    assert told == {str(staff.lin.person)}, "the other one does not want to be disturbed at this hour"
    practise(database, staff.lin, "no_need", 70)
    assert "不需要 1/2" in await staff.east.says("/assign") or "不需要 1/2" in await _results(staff.east)
    assert "还没有布置" in await _results(staff.west)


async def _results(manager: Talk) -> str:
    await manager.says("/team")
    return await manager.presses("看布置")


async def test_the_week_reaches_each_manager_on_the_own_monday_and_nobody_who_blocked_the_bot(
    bot: BotUnderTest, staff: Staff, sender: ExtBot[int], rasa: EmbeddedRasa, database: Database
) -> None:
    practise(database, staff.lin, "too_expensive", 30)
    preferences.save(database, str(staff.west.person), Preferences(zone="America/New_York"))
    bot.telegram.block(staff.west.person)
    engine = EmbeddedEngine(rasa.answer)
    for hours in (0, 0, 13, 13):
        for report in weekly.due(NINE + timedelta(hours=hours), local=False):
            await weekly.deliver(sender, engine, report, NINE + timedelta(hours=hours))
    assert len(staff.east.messages()) == 1
    assert "华东 一周小结" in staff.east.last()
    assert "老吴" not in staff.east.last()
    assert len(staff.east.last().splitlines()) <= 20
    assert staff.west.messages() == []
    assert "华东" in await staff.east.presses("看热力图")
    states = {row["person_id"]: row["state"] for row in database["weekly_reports"].rows}
    assert states == {str(staff.east.person): "sent", str(staff.west.person): "given_up"}


async def test_a_tip_of_the_stock_goes_to_those_who_are_weak(staff: Staff, database: Database) -> None:
    for one in (staff.lin, staff.zhou):
        preferences.save(database, str(one.person), Preferences(quiet_from=0, quiet_until=0))
    practise(database, staff.lin, "too_expensive", 30)
    practise(database, staff.zhou, "too_expensive", 90)
    practise(database, staff.wu, "too_expensive", 10)
    await staff.east.says("/tip now")
    await staff.east.presses("从库里挑", "太贵了")
    tip = staff.east.titles()[0]
    await staff.east.presses(tip, "某项偏弱的人")
    assert "太贵了（1 人）" in staff.east.titles()
    assert "发给 1 人" in await staff.east.presses("太贵了（1 人）")
    assert tip in str(staff.east.messages()[-2]["text"])


async def test_settings_of_a_rep_and_of_a_manager(staff: Staff, database: Database) -> None:
    assert "对练每句点评：开" in await staff.lin.says("/settings")
    assert "关周报" not in staff.lin.titles()
    assert "对练每句点评：关" in await staff.lin.presses("关点评")
    assert not drills.coaching(database, str(staff.lin.person))
    assert "每周一团队小结：开" in await staff.east.says("/settings")
    assert "每周一团队小结：关" in await staff.east.presses("关周报")
    assert [report.manager.name for report in weekly.due(NINE, local=False)] == ["西经理"]
