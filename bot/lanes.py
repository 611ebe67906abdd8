"""Updates of one chat one after another, different chats side by side; each until it is done or set aside."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar
from weakref import WeakValueDictionary

from telegram import Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, BaseUpdateProcessor

from bot.conversation import texts
from bot.handling import Handling, enter
from bot.inbox import chat_of, key_of
from store import inbox
from store.clock import utc_now
from store.database import database, is_storage_trouble

LOGGER = logging.getLogger(__name__)
# A message that failed this often is set aside, so that the chat goes on.
MAX_TRIES = 3
# Seconds before another try; twice as long each time, and no longer than the second.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.3, 30.0
# Waiting for its chat takes an update nothing but memory, so all that wait may do so.
MAX_WAITING = 100_000
_T = TypeVar("_T")


class Lanes(BaseUpdateProcessor):
    """Handles the updates of the bot `bot_id`; `application` is set before it starts."""

    application: Application  # type: ignore[type-arg]

    def __init__(self, bot_id: str, first_pause_s: float = FIRST_PAUSE_S) -> None:
        super().__init__(MAX_WAITING)
        self._bot_id = bot_id
        self._first_pause_s = first_pause_s
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._told: set[int] = set()
        self.under_way: dict[int, int] = {}  # update → chat, read by the watchdog's thread
        self._stopping = False

    async def initialize(self) -> None:
        self._stopping = False

    async def shutdown(self) -> None:
        return None

    def stop(self) -> None:
        """Begin nothing new: what waits stays in the inbox for the next start."""
        self._stopping = True

    async def do_process_update(self, update: object, coroutine: Awaitable[None]) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        # Each try needs a coroutine of its own; this one was never begun.
        coroutine.close()  # type: ignore[attr-defined]
        async with self._locks.setdefault(chat_of(update), asyncio.Lock()):
            if not self._stopping:
                await self._finish(update)

    async def _finish(self, update: Update) -> None:
        """Try until the update is done or must be set aside."""
        key = key_of(self._bot_id, update)
        progress = await self._written(update, lambda: inbox.begin(database(), key))
        if progress is None:
            return
        failed = progress.tries > MAX_TRIES or await self._failed(update, Handling(key, progress))
        if failed:
            LOGGER.error("update %s is set aside after %d tries", key.update_id, MAX_TRIES)
            await _say(update, "unavailable")
        await self._written(update, lambda: inbox.end(database(), key, utc_now(), aside=failed))

    async def _failed(self, update: Update, handling: Handling) -> bool:
        """Whether all tries failed; the database's trouble is not the update's and does not count."""
        for pause_s in self._pauses():
            failure = await self._try(update, handling)
            if failure is None:
                return False
            if is_storage_trouble(failure):
                await self._say_once(update)
            elif handling.tries >= MAX_TRIES or isinstance(failure, BadRequest):
                return True
            else:
                handling.tries += 1
            await asyncio.sleep(pause_s)
        raise AssertionError("pauses never end")

    async def _try(self, update: Update, handling: Handling) -> Exception | None:
        handling.again()
        enter(handling)
        if update.effective_chat:
            self.under_way[update.update_id] = update.effective_chat.id
        try:
            await self.application.process_update(update)
        finally:
            self.under_way.pop(update.update_id, None)
            enter(None)
        return handling.failure

    async def _written(self, update: Update, step: Callable[[], _T]) -> _T:
        """Write to the inbox; while the database is in trouble, tell the person and wait."""
        for pause_s in self._pauses():
            try:
                return step()
            except sqlite3.OperationalError as error:
                if not is_storage_trouble(error):
                    raise
                LOGGER.error("update %s: the database is in trouble, trying again: %s", update.update_id, error)
            await self._say_once(update)
            await asyncio.sleep(pause_s)
        raise AssertionError("pauses never end")

    async def _say_once(self, update: Update) -> None:
        """That the answer comes later; one sentence an update."""
        if update.update_id not in self._told:
            self._told.add(update.update_id)
            await _say(update, "not_kept")

    def _pauses(self) -> Iterator[float]:
        """Seconds between tries, without end."""
        pause_s = self._first_pause_s
        while True:
            yield pause_s
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)


async def _say(update: Update, name: str) -> None:
    """A sentence of the bot's own, as far as the person can be reached."""
    if isinstance(update.effective_message, Message):
        try:
            await update.effective_message.reply_text(texts()[name])
        except TelegramError as error:
            LOGGER.warning("the person could not be told: %s", type(error).__name__)
