"""One update under way: what an earlier try has done already is not done again.

A turn has two steps that must not be repeated lightly: the engine moves the conversation on, and Telegram shows a
message. Both go through the present `Handling`, which keeps them in the inbox.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import asdict
from typing import Any

from bot.engine import Reply, reply_from
from store import inbox
from store.database import database

LOGGER = logging.getLogger(__name__)


class Handling:
    """The tries at one update.

    `tries` counts this one too; `failure` is what went wrong in it, if anything, set by the error handler.
    """

    def __init__(self, key: inbox.Key, progress: inbox.Progress) -> None:
        self.tries = progress.tries
        self.failure: Exception | None = None
        self._key = key
        self._answers = list(progress.answers)
        self._asked = 0
        self._sent = progress.sent
        self._reached = 0

    def again(self) -> None:
        """Begin from the top; steps that are done already are passed over."""
        self.failure = None
        self._asked = self._reached = 0

    async def ask(self, question: Callable[[], Awaitable[list[Reply]]]) -> list[Reply]:
        """The engine's answer; from the inbox where an earlier try got it."""
        self._asked += 1
        if self._asked <= len(self._answers):
            return [reply_from(value) for value in self._answers[self._asked - 1]]
        replies = await question()
        self._answers.append([asdict(reply) for reply in replies])
        self._note(lambda: inbox.note_answers(database(), self._key, self._answers))
        return replies

    async def send(self, step: Callable[[], Awaitable[Any]]) -> None:
        """Send one message unless an earlier try has; in doubt it is sent."""
        self._reached += 1
        if self._reached <= self._sent:
            return
        await step()
        self._sent = self._reached
        self._note(lambda: inbox.note_sent(database(), self._key, self._sent))

    def _note(self, write: Callable[[], None]) -> None:
        """A note only spares work after a crash: without it the turn goes on."""
        try:
            write()
        except sqlite3.OperationalError as error:
            LOGGER.warning("update %s: progress could not be noted: %s", self._key.update_id, error)


_present: ContextVar[Handling | None] = ContextVar("handling", default=None)


def present() -> Handling | None:
    """The handling of the update under way; None in a job, which answers nobody."""
    return _present.get()


def enter(handling: Handling | None) -> None:
    """Make a handling the present one of this task."""
    _present.set(handling)


async def ask(question: Callable[[], Awaitable[list[Reply]]]) -> list[Reply]:
    """Ask the engine once an update, however often it is tried."""
    handling = present()
    return await (handling.ask(question) if handling else question())


async def send(step: Callable[[], Awaitable[Any]]) -> None:
    """Send a message once an update, as far as can be known."""
    handling = present()
    await (handling.send(step) if handling else step())
