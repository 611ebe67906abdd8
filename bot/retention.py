"""Once a day, what is older than its period is deleted."""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram.ext import Application, CallbackContext

from store import inbox, personal
from store.clock import utc_now
from store.database import database

LOGGER = logging.getLogger(__name__)
EVERY, FIRST = timedelta(days=1), timedelta(minutes=1)
# Telegram repeats an update for a day at most; its number is kept for two.
NUMBERS_KEPT = timedelta(days=2)


async def expire(context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Delete what is too old; the log tells how much."""
    now = utc_now()
    gone = personal.expire(database(), now) + inbox.clear(database(), now - NUMBERS_KEPT)
    LOGGER.info("retention: %d rows deleted", gone)


def schedule(application: Application) -> None:  # type: ignore[type-arg]
    """Shortly after every start, so that a bot that is restarted daily does it too, and then once a day."""
    assert application.job_queue is not None
    application.job_queue.run_repeating(expire, EVERY, FIRST, name="retention")
