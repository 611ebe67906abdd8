"""The queue between Telegram and the handlers: an update is in the database before Telegram is told that it arrived.

python-telegram-bot puts every update here, while polling before it moves the offset on and in the webhook before it
answers. A `put` that fails therefore leaves the update with Telegram, which hands it over again later.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3

from telegram import Bot, Message, Update
from telegram.error import TelegramError

from bot.conversation import texts
from store import inbox
from store.clock import utc_now
from store.database import database
from store.secrets import SecretsError, unseal

LOGGER = logging.getLogger(__name__)
# From so many tries on, an update may be what ends the process; it has so many seconds to itself.
SUSPECT_TRIES, ALONE_S = 2, 5.0


class NotKept(TelegramError):
    """The database did not take the update; python-telegram-bot waits and asks Telegram for it again."""


class InboxQueue(asyncio.Queue[object]):
    """Updates of one bot, `bot_id` being the part of its token before the colon."""

    def __init__(self, bot_id: str) -> None:
        super().__init__()
        self._bot_id = bot_id
        self._told: set[int] = set()
        self._telling: set[asyncio.Task[None]] = set()

    async def put(self, item: object) -> None:
        """Keep an update and queue it; one that is known already, or no update at all, is not kept.

        Raises:
            NotKept: The database cannot be written.
        """
        if not isinstance(item, Update):
            await super().put(item)
            return
        try:
            new = inbox.receive(database(), _received(self._bot_id, item), utc_now())
        except (sqlite3.Error, SecretsError, OSError) as error:
            LOGGER.error("update %s could not be kept, Telegram will repeat it: %s", item.update_id, error)
            self._tell(item)
            raise NotKept("the inbox cannot be written") from error
        if new:
            await super().put(item)
        else:
            LOGGER.info("update %s came again", item.update_id)

    async def replay(self, bot: Bot) -> None:
        """Queue what an earlier process did not finish, in order.

        What was under way at several ends of a process may be their cause. It goes first and alone: if it is not, a
        kill that strikes by chance must meet it in these few milliseconds to be taken for its doing.
        """
        suspects = set()
        for key, payload in inbox.waiting(database(), self._bot_id, SUSPECT_TRIES):
            suspects.add(key)
            await self._queue_again(key, payload, bot)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.join(), ALONE_S)
        for key, payload in inbox.waiting(database(), self._bot_id):
            if key not in suspects:
                await self._queue_again(key, payload, bot)
                await asyncio.sleep(0)  # there may be thousands, and those in front are answered meanwhile

    async def _queue_again(self, key: inbox.Key, payload: bytes, bot: Bot) -> None:
        try:
            update = Update.de_json(json.loads(unseal(payload)), bot)
        except SecretsError as error:
            LOGGER.error("update %s cannot be read any more and is set aside: %s", key.update_id, error)
            inbox.end(database(), key, utc_now(), aside=True)
        else:
            await super().put(update)

    def _tell(self, update: Update) -> None:
        """One sentence an update, however often Telegram repeats it."""
        if update.update_id not in self._told and isinstance(update.effective_message, Message):
            self._told.add(update.update_id)
            task = asyncio.create_task(_say(update.effective_message, texts()["not_kept"]))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)


async def _say(message: Message, text: str) -> None:
    try:
        await message.reply_text(text)
    except TelegramError as error:
        LOGGER.warning("the person could not be told: %s", type(error).__name__)


def key_of(bot_id: str, update: Update) -> inbox.Key:
    """The update's row in the inbox."""
    return inbox.Key(bot_id, update.update_id)


def chat_of(update: Update) -> str:
    """What keeps the order of messages: the chat, else the person, else the bot itself."""
    place = update.effective_chat or update.effective_user
    return str(place.id) if place else ""


def _received(bot_id: str, update: Update) -> inbox.Received:
    person = str(update.effective_user.id) if update.effective_user else None
    return inbox.Received(key_of(bot_id, update), chat_of(update), person, update.to_json())
