"""The only error handler: a log line with the cause, and word to the lane that the try failed."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import Forbidden
from telegram.ext import ContextTypes

from bot.handling import present

LOGGER = logging.getLogger(__name__)


async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log what failed; the update is tried again or set aside, see `bot/lanes.py`."""
    error = context.error
    if isinstance(error, Forbidden):
        LOGGER.info("a person has blocked the bot")
        return
    number = update.update_id if isinstance(update, Update) else None
    LOGGER.error("update %s failed", number, exc_info=error)
    handling = present()
    if handling and error:
        handling.failure = error
