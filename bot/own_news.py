"""Tells who published a table when what it taught is understood, or that it could not be learnt; once."""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext

from bot.conversation import texts
from bot.handlers.gate import is_local_bot
from store import own_tables, people
from store.database import database

LOGGER = logging.getLogger(__name__)
EVERY, FIRST = timedelta(seconds=10), timedelta(seconds=5)


async def tell(bot: Bot, local: bool) -> None:
    """Send what is new to those who wait for it at this bot."""
    for news in own_tables.news(database()):
        person = people.member(database(), news.person_id)
        if person is None or person.local != local or not own_tables.note_told(database(), news):
            continue
        words = texts()["own_model_ready" if news.state == own_tables.IN_USE else "own_model_failed"]
        try:
            await bot.send_message(news.person_id, words)
        except TelegramError as error:
            LOGGER.info("news of a training did not reach its person: %s", type(error).__name__)


async def _tell(context: CallbackContext) -> None:  # type: ignore[type-arg]
    await tell(context.bot, is_local_bot(context.bot_data))


def schedule(application: Application) -> None:  # type: ignore[type-arg]
    """Every few seconds: somebody waits."""
    assert application.job_queue is not None
    application.job_queue.run_repeating(_tell, EVERY, FIRST, name="own news")
