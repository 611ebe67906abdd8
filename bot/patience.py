"""Calls of the Bot API that Telegram may not have got are made again.

What is sent, kind by kind:

* answers and everything else that a handler sends: at least once. A call that ended in doubt (no answer in time, the
  connection cut) is repeated, because a message twice is better than a person who waits in vain;
* what nobody asked for: at most once in doubt. Such calls pass `rate_limit_args=ONCE`;
* tips to many: not repeated here, for `store/deliveries.py` knows when to try again and others must not wait
  behind one. Such calls pass `rate_limit_args=NOT_HERE`;
* signs of life, such as “typing” and the confirmation of a pressed button: never repeated, they are too late then.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import AIORateLimiter, BaseRateLimiter

LOGGER = logging.getLogger(__name__)
# For `rate_limit_args`: do not repeat a call of which nobody knows whether Telegram has carried it out.
ONCE = 1
# For `rate_limit_args`: whoever makes the call decides about repeating it.
NOT_HERE = 2
FLEETING = {"answerCallbackQuery", "sendChatAction"}
# Seconds before a call is repeated; twice as long each time, and no longer than the second.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0
# Telegram takes 30 messages a second. At exactly that pace its clock and ours disagree now and then, and each time it
# asks everybody to be quiet for a second.
OVERALL_PER_S = 29.5
# A call that failed this often while others got through is at fault itself.
TRIES_WHILE_OTHERS_PASS = 6
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class PatientLimiter(BaseRateLimiter[int]):
    """python-telegram-bot's rate limiter, and patience with a network that fails; an outage may last for hours."""

    def __init__(self, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._limiter = AIORateLimiter(overall_max_rate=OVERALL_PER_S, max_retries=3)
        self._first_pause_s = first_pause_s
        self._passed_at = 0.0

    async def initialize(self) -> None:
        await self._limiter.initialize()

    async def shutdown(self) -> None:
        await self._limiter.shutdown()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """The call's result.

        Raises:
            TelegramError: Repeating it is of no use or not allowed.
        """
        started, pause_s, tries = time.monotonic(), self._first_pause_s, 0
        while True:
            tries += 1
            try:
                result = await self._limiter.process_request(callback, args, kwargs, endpoint, data, None)
            except (NetworkError, RetryAfter) as error:
                others_pass = self._passed_at > started and tries >= TRIES_WHILE_OTHERS_PASS
                if others_pass or not _may_repeat(error, endpoint, rate_limit_args):
                    raise
                LOGGER.warning("%s failed (%s), again in %.1f s", endpoint, type(error).__name__, pause_s)
            else:
                self._passed_at = time.monotonic()
                return result
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)


def _may_repeat(error: NetworkError | RetryAfter, endpoint: str, rate_limit_args: int | None) -> bool:
    # A BadRequest is a NetworkError to python-telegram-bot, but it means that our message was wrong.
    if isinstance(error, BadRequest) or endpoint in FLEETING or rate_limit_args == NOT_HERE:
        return False
    return rate_limit_args != ONCE or not_carried_out(error)


def not_carried_out(error: Exception) -> bool:
    """Whether Telegram surely did nothing: it said so, or the call never reached it."""
    if isinstance(error.__cause__, _NEVER_LEFT) or isinstance(error, RetryAfter):
        return True
    return not isinstance(error, TimedOut) and error.__cause__ is None
