"""Customer cards end to end: what a manager sees, what is exported and forgotten, tables sent as files."""

from __future__ import annotations

from datetime import datetime, time, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database
from telegram.ext import ExtBot

from bot import nudges
from bot.engine import EmbeddedEngine
from bot.patience import PatientLimiter
from store import customers, people
from tests.bot_under_test import TOKEN, BotUnderTest
from tests.conversations.chat import text_of, titles_of

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa

pytestmark = pytest.mark.model


class Talk:
    """One person's private chat; every step gives the bot's last message, new or edited."""

    def __init__(self, bot: BotUnderTest, name: str, role: str = people.REP, team: str = "华东") -> None:
        self._bot = bot
        self.person = bot.new_person(name, role=role, team=team)

    async def says(self, *texts: str) -> str:
        for text in texts:
            await self._bot.handled(self._bot.telegram.send_text(self.person, text))
        return self.last()

    async def sends(self, content: bytes, name: str) -> str:
        update = self._bot.telegram.send_media(self.person, "document", body=content, name=name)
        await self._bot.handled(update)
        return self.last()

    async def presses(self, *buttons: str) -> str:
        for button in buttons:
            message = [m for m in self.messages() if button in titles_of(m)][-1]
            await self._bot.handled(self._bot.telegram.press(self.person, message["message_id"], button))
        return "\n".join(map(text_of, self.messages()[-2:]))

    def messages(self) -> list[dict[str, Any]]:
        return [m for m in self._bot.telegram.messages(self.person) if m["from"]["is_bot"]]

    def last(self) -> str:
        return text_of(self.messages()[-1])


async def with_a_card(bot: BotUnderTest, name: str = "小林", team: str = "华东") -> Talk:
    """A rep who has noted what 张总 is like and does not want."""
    rep = Talk(bot, name, team=team)
    await rep.says("/customer")
    await rep.presses("＋ 新客户")
    await rep.says("张总")
    await rep.presses("✍️ 记一笔", "看到的")
    await rep.says("总抢话，爱聊排场")
    return rep


async def test_a_manager_sees_only_what_a_rep_of_the_own_team_shares(bot: BotUnderTest) -> None:
    manager, west = Talk(bot, "东经理", people.MANAGER), Talk(bot, "西经理", people.MANAGER, "华西")
    rep = await with_a_card(bot)
    await manager.says("/customer")
    assert "还没有人分享" in await manager.presses("👀 分享给我的")
    await rep.says("/customer")
    await rep.presses("张总", "👀 分享")
    assert "经理也看得到" in await rep.presses("给经理看")
    await manager.says("/customer")
    await manager.presses("👀 分享给我的")
    assert "总抢话" in await manager.presses("📇 张总 · 小林")
    await west.says("/customer")
    assert "还没有人分享" in await west.presses("👀 分享给我的")
    await rep.presses("👀 收回分享")
    await manager.says("/customer")
    assert "还没有人分享" in await manager.presses("👀 分享给我的")


async def test_export_holds_all_and_after_forget_the_file_holds_nothing(bot: BotUnderTest, database: Database) -> None:
    rep = await with_a_card(bot)
    await rep.says("复盘张总", "他要排场", "请他看了展厅", "对手在跟", "他说太贵了")
    file = Path(database.execute("pragma database_list").fetchall()[0][2])
    words = ("张总", "总抢话，爱聊排场", "请他看了展厅")
    on_disk = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert not any(each.encode() in on_disk for each in words)
    await rep.says("/export")
    document = bot.telegram.world.files.get(rep.messages()[-1]["document"]["file_id"])
    assert document is not None
    exported = document.body.decode()
    assert all(each in exported for each in words)
    await rep.says("/forget")
    await rep.presses("全部删掉")
    assert database["customers"].count == database["visits"].count == 0


async def test_a_stranger_reaches_no_card(bot: BotUnderTest, database: Database) -> None:
    await with_a_card(bot)
    stranger = bot.new_person("路人", member=False)
    await bot.handled(bot.telegram.send_text(stranger, "/customer"))
    customer = next(iter(database["customers"].rows))["id"]
    said = [m for m in bot.telegram.messages(stranger) if m["from"]["is_bot"]]
    query = {"id": "77", "from": bot.telegram.world.person(stranger), "message": said[-1], "chat_instance": "1"}
    data = f'/show_customer{{"customer":"{customer}"}}'
    await bot.handled(bot.telegram.send_raw({"callback_query": {**query, "data": data}}))
    assert [text_of(m) for m in bot.telegram.messages(stranger) if m["from"]["is_bot"]] == [text_of(said[-1])]


async def test_the_next_step_is_brought_up_with_the_card_in_reach(
    bot: BotUnderTest, rasa: EmbeddedRasa, database: Database
) -> None:
    rep = await with_a_card(bot)
    await rep.presses("先不定", "👉 下一步")
    await rep.says("明天带样品去测试", "/drill")
    [customer_id] = customers.names(database, str(rep.person))
    customer = customers.find(database, str(rep.person), customer_id)
    assert customer is not None
    assert customer.remind_on is not None
    noon = datetime.combine(customer.remind_on, time(4), timezone.utc)  # 12:00 in Beijing
    limiter = PatientLimiter()
    async with ExtBot(TOKEN, base_url=bot.telegram.base_url, rate_limiter=limiter) as sender:  # type: ignore[arg-type]
        for _ in range(2):
            await nudges.send_due(sender, EmbeddedEngine(rasa.answer), noon, local=False)
    assert [text_of(m) for m in rep.messages() if "今天该找张总了" in text_of(m)] == [rep.last()]
    assert "带样品去测试" in rep.last()
    assert "下一步" not in await rep.presses("✅ 做完了")


async def test_a_table_of_customers_is_graded_and_one_of_deals_added_up(bot: BotUnderTest) -> None:
    rep = Talk(bot, "小林")
    lines = ["客户,金额（万元）", *(f"客户{n},{n * 10}" for n in range(1, 9)), "王总,=1+1"]
    said = await rep.sends("\n".join(lines).encode("gbk"), "客户.csv")
    assert "还有 1 行没算" in said
    assert "第 10 行" in said
    assert "公式" in said
    grades = text_of(rep.messages()[-2])
    assert "客户8：80 万元 → 关键客户" in grades
    assert "二八" in grades
    await rep.sends("单子,金额（元）,阶段\nA,500000,方案\n".encode("utf-8-sig"), "单子.csv")
    assert "15 万元" in rep.last()


async def test_other_tables_are_told_how_they_must_look(bot: BotUnderTest) -> None:
    rep = Talk(bot, "小林")
    assert "第一行要是表头" in await rep.sends(b"a,b\n1,2\n", "x.csv")
    assert "第一行要是表头" in await rep.sends(b"\x00\xff\xfe\x01" * 50, "x.csv")
    assert "太大了" in await rep.sends("客户,金额（元）\n".encode() + b"a,1\n" * 40000, "x.csv")
