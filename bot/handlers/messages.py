"""Messages people type, and other kinds of message."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.conversation import Turn, take_turn, texts, turn_of
from bot.handlers.typed import payload_of

# A rep types a customer's words, not an essay; longer texts only cost time and understanding.
MAX_CHARACTERS = 1000
_LEADING_SLASHES = re.compile(r"^[\s/／]+")
# Message attribute → sentence; the first that the message has.
KINDS = ("photo", "voice", "sticker", "document")


async def text(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A typed message: in a private chat always, in a group when the bot is spoken to."""
    turn, message = turn_of(update), update.effective_message
    if turn is None or message is None or message.text is None or not spoken_to(message, context):
        return
    await _answer(turn, message, message.text, context)


async def _answer(turn: Turn, message: Message, typed: str, context: ContextTypes.DEFAULT_TYPE) -> None:
    words = plain_words(typed, context.bot.username)
    if not words:
        await message.reply_text(texts()["empty"])
    elif len(words) > MAX_CHARACTERS:
        await message.reply_text(texts()["too_long"])
    else:
        await take_turn(turn, payload_of(turn, words) or words, context)


async def other_kind(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A photo, voice message, sticker or the like; its caption counts as typed."""
    turn, message = turn_of(update), update.effective_message
    if turn is None or message is None or not spoken_to(message, context):
        return
    if message.caption:
        await _answer(turn, message, message.caption, context)
        return
    kind = next((kind for kind in KINDS if getattr(message, kind)), "other")
    await message.reply_text(texts()[kind])


async def edited(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """An edited message is not answered anew; the rep is told how to."""
    message = update.edited_message
    if message and message.chat.type == ChatType.PRIVATE:
        await message.reply_text(texts()["edited"])


def spoken_to(message: Message, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """Whether a message is meant for the bot."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == context.bot.id:
        return True
    return any(name.lower() == f"@{context.bot.username}".lower() for name in _mentions(message).values())


def plain_words(typed: str, username: str) -> str:
    """What was typed, without “@bot” and without leading slashes in any form, which only buttons may send to Rasa."""
    without_name = re.sub(rf"@{re.escape(username)}\b", " ", typed, flags=re.IGNORECASE)
    return _LEADING_SLASHES.sub("", without_name).strip()


def _mentions(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntity.MENTION]
    return {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
