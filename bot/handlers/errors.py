"""The only error handler: a log line with the cause, an honest sentence, a way on."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.conversation import texts

LOGGER = logging.getLogger(__name__)


async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log what failed; tell the person if there is one and Telegram can be reached."""
    error = context.error
    if isinstance(error, Forbidden):
        LOGGER.info("a person has blocked the bot")
        return
    # A BadRequest is a NetworkError to python-telegram-bot, but it means that our message was wrong.
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        LOGGER.warning("Telegram could not be reached: %s", type(error).__name__)
        return
    number = update.update_id if isinstance(update, Update) else None
    LOGGER.error("update %s failed", number, exc_info=error)
    if isinstance(update, Update) and update.effective_message:
        try:
            await update.effective_message.reply_text(texts()["unavailable"])
        except TelegramError as second:
            LOGGER.warning("the person could not be told: %s", type(second).__name__)
