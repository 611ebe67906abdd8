"""Sends replies: texts, pictures with a caption, quiz polls; each with its buttons, and each once an update."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Bot, Message, ReplyParameters
from telegram.constants import PollType
from telegram.error import BadRequest

from bot import handling, rendering
from bot.engine import Picture, Quiz, Reply
from bot.pictures import draw
from store import polls, tips
from store.clock import utc_now
from store.database import database

LOGGER = logging.getLogger(__name__)


async def send(bot: Bot, chat_id: int, reply: Reply, answers: int | None = None, edits: int | None = None) -> None:
    """Send one reply to a chat, as an answer to the message `answers` if given.

    The keyboard goes under the last piece. A text takes the place of the message `edits` where Telegram lets it.
    """
    refers_to = ReplyParameters(answers, allow_sending_without_reply=True) if answers else None
    if reply.quiz:
        await handling.send(partial(_send_quiz, bot, chat_id, reply, reply.quiz, refers_to))
        return
    picture = await _drawn(reply.picture) if reply.picture else None
    if picture is None and edits:
        await handling.send(partial(_edit_or_send, bot, chat_id, reply, edits))
    elif picture is None:
        await _send_texts(bot, chat_id, reply, refers_to)
    elif rendering.fits_caption(reply):
        markup = rendering.keyboard(reply)
        caption = reply.text or None
        await handling.send(
            partial(bot.send_photo, chat_id, picture, caption, reply_markup=markup, reply_parameters=refers_to)
        )
    else:
        await handling.send(partial(bot.send_photo, chat_id, picture, reply_parameters=refers_to))
        await _send_texts(bot, chat_id, reply, refers_to)


async def _send_texts(bot: Bot, chat_id: int, reply: Reply, refers_to: ReplyParameters | None) -> None:
    pieces = rendering.texts(reply)
    for number, piece in enumerate(pieces, start=1):
        markup = rendering.keyboard(reply) if number == len(pieces) else None
        say = partial(bot.send_message, chat_id, piece, reply_markup=markup, reply_parameters=refers_to)
        await handling.send(partial(_send_tip, say, reply.tip) if reply.tip else say)


async def _send_tip(say: Callable[[], Awaitable[Message]], tip: str) -> None:
    """Note which message shows the tip, so that a reaction to it rates the tip."""
    message = await say()
    tips.note_message(database(), message.chat.id, message.message_id, tip, utc_now())


async def _edit_or_send(bot: Bot, chat_id: int, reply: Reply, message_id: int) -> None:
    """Show the reply in a message of before; in a new one where that is gone, too old or no text."""
    (text, *_), markup = rendering.texts(reply), rendering.keyboard(reply)
    try:
        await bot.edit_message_text(text, chat_id, message_id, reply_markup=markup)
    except BadRequest as error:
        if "not modified" not in error.message:
            await bot.send_message(chat_id, text, reply_markup=markup)


async def _send_quiz(bot: Bot, chat_id: int, reply: Reply, quiz: Quiz, refers_to: ReplyParameters | None) -> None:
    """A quiz poll; not anonymous, for Telegram tells who answered of others only."""
    message = await bot.send_poll(
        chat_id,
        quiz.question,
        quiz.options,
        type=PollType.QUIZ,
        correct_option_ids=[quiz.correct],  # type: ignore[list-item]
        explanation=quiz.explanation or None,
        is_anonymous=False,
        reply_markup=rendering.keyboard(reply),
        reply_parameters=refers_to,
    )
    assert message.poll is not None
    sent = polls.Poll(message.poll.id, chat_id, message.message_id, quiz.correct, quiz.right, quiz.wrong)
    polls.remember(database(), sent, utc_now())


async def _drawn(picture: Picture) -> bytes | None:
    """The picture as PNG; None where it cannot be drawn, so that the person still gets the words."""
    try:
        return await draw(picture)
    except Exception:
        LOGGER.exception("picture %s could not be drawn", picture.kind)
        return None
