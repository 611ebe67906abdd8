"""Polls, quizzes, buttons, reactions and inline queries, with the updates they cause."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from bot.localchat import LocalTelegram

pytestmark = pytest.mark.asyncio
PERSON, OTHER, GROUP = 1001, 1002, -1001000000001
QUIZ: dict[str, Any] = {
    "question": "先做什么？", "options": ["降价", "提问"], "type": "quiz",
    "correct_option_ids": [1], "explanation": "先问清楚。", "is_anonymous": False,
}  # fmt: skip


async def updates(bot: Bot, *kinds: str) -> list[Update]:
    return list(await bot.get_updates(allowed_updates=kinds or None, timeout=0))


async def test_a_quiz_vote_reaches_the_bot(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_poll(PERSON, **QUIZ)
    assert sent.poll
    assert sent.poll.correct_option_ids == (1,)
    server.vote(PERSON, sent.message_id, "提问")
    state, answer = await updates(bot)
    assert state.poll
    assert [option.voter_count for option in state.poll.options] == [0, 1]
    assert answer.poll_answer
    assert answer.poll_answer.option_ids == (1,)
    assert answer.poll_answer.user
    assert answer.poll_answer.user.id == PERSON
    with pytest.raises(ValueError, match="one vote"):
        server.vote(PERSON, sent.message_id, 0)


async def test_an_anonymous_poll_tells_counts_only(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_poll(PERSON, "几点开会？", ["九点", "十点"])
    assert "update_id" not in server.vote(PERSON, sent.message_id, 0)
    server.vote(PERSON, sent.message_id, [])
    counted = [update.poll.total_voter_count for update in await updates(bot) if update.poll]
    assert counted == [1, 0]


async def test_a_stopped_poll_takes_no_votes(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_poll(PERSON, **QUIZ)
    assert (await bot.stop_poll(PERSON, sent.message_id)).is_closed
    with pytest.raises(ValueError, match="closed"):
        server.vote(PERSON, sent.message_id, 0)
    with pytest.raises(BadRequest, match="already been closed"):
        await bot.stop_poll(PERSON, sent.message_id)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"question": ""}, "must be non-empty"),
        ({"question": "字" * 301}, "must not exceed 300"),
        ({"options": ["一"]}, "at least 2 option"),
        ({"options": [str(i) for i in range(13)]}, "more than 12 options"),
        ({"options": ["一", "字" * 101]}, "must not exceed 100"),
        ({"options": ["一", " "]}, "options must be non-empty"),
        ({"correct_option_ids": [2]}, "wrong correct option"),
        ({"correct_option_ids": None}, "wrong correct option"),
        ({"explanation": "字" * 201}, "message_too_long"),
        ({"explanation": "一\n二\n三\n四"}, "line feeds"),
    ],
)
async def test_polls_out_of_bounds(bot: Bot, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_poll(PERSON, **{**QUIZ, **change})


async def test_the_largest_quiz_passes(bot: Bot) -> None:
    largest = {
        "question": "字" * 300, "options": [f"{i:02}" + "字" * 98 for i in range(12)],
        "explanation": "一\n二\n" + "字" * 196, "correct_option_ids": [11],
    }  # fmt: skip
    assert await bot.send_poll(PERSON, **{**QUIZ, **largest})


async def test_a_pressed_button_is_answered_once(server: LocalTelegram, bot: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("练一练", callback_data="drill:1")]])
    sent = await bot.send_message(PERSON, "要练吗", reply_markup=markup)
    server.press(PERSON, sent.message_id, "练一练")
    (update,) = await updates(bot)
    query = update.callback_query
    assert query
    assert query.data == "drill:1"
    assert query.message
    assert query.message.message_id == sent.message_id
    assert await bot.answer_callback_query(query.id, "好的", show_alert=True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.id)
    with pytest.raises(ValueError, match="no button"):
        server.press(PERSON, sent.message_id, "别的")


async def test_an_old_query_cannot_be_answered() -> None:
    now = [1_000_000.0]
    local = LocalTelegram("1:t", clock=lambda: now[0], query_timeout_s=60)
    await local.start()
    try:
        async with Bot("1:t", base_url=local.base_url) as bot:
            query = local.inline_query(PERSON, "价格")["inline_query"]["id"]
            now[0] += 61
            with pytest.raises(BadRequest, match="Query is too old"):
                await bot.answer_inline_query(query, [])
    finally:
        await local.stop()


def article(number: int) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(str(number), "标题", InputTextMessageContent("内容"))


async def test_inline_queries(server: LocalTelegram, bot: Bot) -> None:
    server.inline_query(PERSON, "太贵")
    (update,) = await updates(bot)
    assert update.inline_query
    assert update.inline_query.query == "太贵"
    with pytest.raises(BadRequest, match="(?i)too many inline query results"):
        await bot.answer_inline_query(
            update.inline_query.id,
            [article(i).to_dict() for i in range(51)],  # type: ignore[misc]
        )
    assert await bot.answer_inline_query(update.inline_query.id, [article(i) for i in range(50)])
    answer = server.world.inline[update.inline_query.id].answer
    assert answer
    assert len(answer["results"]) == 50


async def test_reactions_only_on_request(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_message(PERSON, "有用吗")
    assert "update_id" not in server.react(PERSON, sent.message_id, "👎")
    assert await updates(bot, "message_reaction") == []
    server.react(PERSON, sent.message_id, "👍")
    (update,) = await updates(bot, "message_reaction")
    change = update.message_reaction
    assert change
    assert change.new_reaction[0].emoji == "👍"
    assert change.old_reaction[0].emoji == "👎"  # type: ignore[union-attr]


async def test_what_the_bot_hears_in_a_group(server: LocalTelegram, bot: Bot) -> None:
    spoken = await bot.send_message(GROUP, "大家好")
    assert "update_id" not in server.send_text(PERSON, "中午吃什么", GROUP)
    assert "update_id" not in server.send_text(PERSON, "/start@other_bot", GROUP)
    server.send_text(PERSON, "@seed_coach_bot 太贵了怎么回", GROUP)
    server.send_text(OTHER, "/drill@seed_coach_bot", GROUP)
    server.send_text(OTHER, "同意", GROUP, reply_to=spoken.message_id)
    mention, command, reply = [u.message for u in await updates(bot)]
    assert mention
    assert mention.entities[0].type == "mention"
    assert mention.entities[0].length == 15
    assert command
    assert command.entities[0].type == "bot_command"
    assert command.from_user.id == OTHER
    assert reply
    assert reply.reply_to_message
    assert reply.reply_to_message.text == "大家好"
    assert mention.chat.type == "supergroup"
    assert mention.chat.title == "华东一队"


async def test_media_edits_and_raw_updates(server: LocalTelegram, bot: Bot) -> None:
    for kind in ("photo", "document", "voice", "sticker", "location"):
        server.send_media(PERSON, kind, caption="说明" if kind == "photo" else "")
    first = server.send_text(PERSON, "打错了")["message"]["message_id"]
    server.edit_text(PERSON, first, "改好了 /help")
    stranger = {"id": 77, "is_bot": False, "first_name": "陌生人"}
    chat = {"id": 77, "type": "private", "first_name": "陌生人"}
    raw = {"message_id": 5000, "date": 1, "chat": chat, "from": stranger, "text": "你好"}
    server.send_raw({"message": raw})
    got = await updates(bot)
    assert got[0].message
    assert got[0].message.photo
    assert got[0].message.caption == "说明"
    assert got[1].message
    assert got[1].message.document
    assert got[2].message
    assert got[2].message.voice
    assert got[2].message.voice.duration
    assert got[3].message
    assert got[3].message.sticker
    assert got[4].message
    assert got[4].message.location
    edited = got[6].edited_message
    assert edited
    assert edited.text == "改好了 /help"
    assert edited.entities[0].type == "bot_command"
    assert got[5].message
    assert got[5].message.text == "打错了"
    assert (await bot.send_message(77, "您好")).message_id == 5001
    assert got[7].message
    assert got[7].message.text == "你好"
