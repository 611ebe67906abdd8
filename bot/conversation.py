"""One turn between a person in a chat and the coach."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot import handling
from bot.engine import Engine, EngineUnavailable, Reply
from bot.sending import send
from store import people
from store.clock import utc_now
from store.database import database

LOGGER = logging.getLogger(__name__)
ENGINE = "engine"


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """The bot's own sentences."""
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "texts.yml").read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True)
class Turn:
    """Who speaks, and where the answer goes.

    `message_id` is what an answer in a group refers to; where a button was `pressed`, the message it stands under.
    """

    user: User
    chat_id: int
    message_id: int
    pressed: bool = False

    @property
    def is_private(self) -> bool:
        """Telegram gives a private chat the id of its person."""
        return self.chat_id == self.user.id

    @property
    def sender_id(self) -> str:
        """One memory a person; in a group every member has an own one."""
        return str(self.user.id) if self.is_private else f"{self.chat_id}:{self.user.id}"


async def take_turn(turn: Turn, payload: str, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Ask the engine and send what it says; a person never waits in vain."""
    people.remember(database(), str(turn.user.id), turn.user.full_name, utc_now())
    engine: Engine = context.bot_data[ENGINE]
    try:
        replies = await handling.ask(lambda: engine.answer(turn.sender_id, payload))
    except EngineUnavailable as error:
        LOGGER.error("update from %s got no answer: %s", turn.sender_id, error)
        replies = [Reply(texts()["unavailable"], answered=False)]
    for reply in replies:
        edits = turn.message_id if turn.pressed and reply.in_place else None
        await send(context.bot, turn.chat_id, reply, None if turn.is_private else turn.message_id, edits)


def turn_of(update: Update) -> Turn | None:
    """The turn behind an update; None for one without a person or an answerable message."""
    message = update.effective_message
    if update.effective_user is None or not isinstance(message, Message):
        return None
    return Turn(update.effective_user, message.chat_id, message.message_id, update.callback_query is not None)
