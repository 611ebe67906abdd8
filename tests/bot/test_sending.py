"""Replies on the local Telegram: pictures with captions, quiz polls, and votes that come back to the engine."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from bot.engine import Button, Picture, Quiz
from tests.bot.small_bot import SmallBot
from tests.bot.test_pictures import FULL

QUIZ = Quiz("客户说太贵，先做什么？", ("马上降价", "问清和什么比"), 1, "不知道原因就没有答案。", "/affirm", "/deny")
PICTURE = Picture("progress", "练了 37 局", FULL)


async def asks_with(bot: SmallBot, text: str = "考考我", **extras: Any) -> dict[str, Any]:
    """The person types and the engine's reply has these extras; the bot's last message."""
    bot.engine.extras = extras
    await bot.says(text)
    bot.engine.extras = {}
    return bot.bots_messages()[-1]


async def test_a_picture_has_the_text_as_caption_and_the_buttons(small_bot: SmallBot) -> None:
    small_bot.engine.buttons = (Button("再练", "/help"),)
    message = await asks_with(small_bot, picture=PICTURE)
    assert message["caption"] == "第 1 个回答"
    assert message["photo"][-1]["width"] == 1080
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "再练"


async def test_a_text_too_long_for_a_caption_follows_the_picture(small_bot: SmallBot) -> None:
    message = await asks_with(small_bot, picture=PICTURE, sources=())
    assert "caption" in message
    small_bot.engine.tail = "长" * 1024
    message = await asks_with(small_bot, picture=PICTURE)
    assert message["text"].endswith("长")
    assert "photo" in small_bot.bots_messages()[-2]


async def test_a_picture_that_cannot_be_drawn_leaves_the_words(small_bot: SmallBot) -> None:
    message = await asks_with(small_bot, picture=Picture("progress", "", {"title": "坏"}))
    assert message["text"] == "第 1 个回答"


async def test_a_quiz_is_a_poll_in_place_of_the_text(small_bot: SmallBot, database: Database) -> None:
    message = await asks_with(small_bot, quiz=QUIZ)
    assert message["poll"]["question"] == QUIZ.question
    assert message["poll"]["type"] == "quiz"
    assert not message["poll"]["is_anonymous"]
    assert message["poll"]["correct_option_ids"] == [1]
    assert message["poll"]["explanation"] == QUIZ.explanation
    assert [row["id"] for row in database.table("polls").rows] == [message["poll"]["id"]]


async def test_a_vote_tells_the_engine_whether_it_was_right(small_bot: SmallBot) -> None:
    for option, payload in (("问清和什么比", "/affirm"), ("马上降价", "/deny")):
        message = await asks_with(small_bot, quiz=QUIZ)
        await small_bot.votes(message["message_id"], option)
        assert small_bot.engine.asked[-1] == (str(small_bot.person), payload)
        assert small_bot.said()[-1].endswith("个回答")


async def test_a_vote_on_a_poll_of_another_database_is_passed_over(small_bot: SmallBot, database: Database) -> None:
    message = await asks_with(small_bot, quiz=QUIZ)
    database.table("polls").delete_where()
    await small_bot.votes(message["message_id"], 0)
    assert len(small_bot.engine.asked) == 1


async def test_in_a_group_every_member_votes_for_themselves(small_bot: SmallBot) -> None:
    group = small_bot.new_group()
    small_bot.engine.extras = {"quiz": QUIZ}
    await small_bot.handled(small_bot.telegram.send_text(small_bot.person, "/drill", chat_id=group))
    small_bot.engine.extras = {}
    [poll] = [m for m in small_bot.telegram.messages(group) if "poll" in m]
    assert poll["reply_to_message"]["text"] == "/drill"
    for person in small_bot.members:
        await small_bot.handled(small_bot.telegram.vote(person, poll["message_id"], 1, group))
        assert small_bot.engine.asked[-1] == (f"{group}:{person}", "/affirm")
    assert small_bot.telegram.messages(group)[-1]["reply_to_message"]["message_id"] == poll["message_id"]


async def test_a_reply_in_place_changes_the_message_of_the_button(small_bot: SmallBot) -> None:
    small_bot.engine.buttons = (Button("打勾", "/help"),)
    message = await asks_with(small_bot)
    small_bot.engine.extras = {"in_place": True}
    await small_bot.presses(message["message_id"], "打勾")
    assert small_bot.said() == ["第 2 个回答"]
    assert small_bot.bots_messages()[-1]["message_id"] == message["message_id"]


async def test_a_reply_in_place_that_was_typed_for_or_stands_under_a_picture_is_a_new_message(
    small_bot: SmallBot,
) -> None:
    small_bot.engine.buttons = (Button("打勾", "/help"),)
    message = await asks_with(small_bot, picture=PICTURE)
    small_bot.engine.extras = {"in_place": True}
    await small_bot.presses(message["message_id"], "打勾")
    await small_bot.says("再来")
    assert [m.get("caption") or m["text"] for m in small_bot.bots_messages()] == [
        "第 1 个回答",
        "第 2 个回答",
        "第 3 个回答",
    ]
