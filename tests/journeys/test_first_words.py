"""The first words of a rep: raw Telegram JSON in, reply and database row out."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.bot_under_test import BotUnderTest


@pytest.mark.model
async def test_too_expensive_gets_advice_and_is_logged(bot: BotUnderTest, database: Database) -> None:
    person = bot.new_person("小林")
    who = {"id": person, "is_bot": False, "first_name": "小林"}
    chat = {"id": person, "type": "private", "first_name": "小林"}
    message = {"message_id": 9001, "date": 1_790_000_000, "chat": chat, "from": who, "text": "太贵了"}
    bot.telegram.send_raw({"message": message})
    (reply,) = await bot.telegram.wait_for(person)
    assert "「太贵了」" in reply["text"]
    assert "比较法" in reply["text"]
    assert "资料 000" in reply["text"]
    titles = [button["text"] for row in reply["reply_markup"]["inline_keyboard"] for button in row]
    assert titles == ["换一招", "按客户类型", "为什么", "练这句", "资料怎么讲", "出处"]
    (row,) = database["questions"].rows
    assert (row["sender_id"], row["objection"], row["outcome"]) == (str(person), "too_expensive", "answered")
    assert "太贵" not in str(row), "what people type stays out of the log"
