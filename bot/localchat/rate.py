"""Telegram's sending rates, as token buckets on a clock that is passed in.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
(30 messages a second overall, 1 a second in one chat with short bursts, 20 a minute in a group).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.localchat.errors import too_many_requests


@dataclass(frozen=True)
class RateLimits:
    """How many messages may go out.

    ``private_burst``: Telegram allows "short bursts" without a figure; 5 is what a long reply
    with a picture and a quiz needs, and still catches a loop that sends without pause.
    """

    overall_per_second: int = 30
    private_per_second: float = 1.0
    private_burst: int = 5
    group_per_minute: int = 20


class Bucket:
    """Holds up to ``size`` tokens and gains ``per_second``."""

    def __init__(self, size: float, per_second: float, now: float) -> None:
        self.size, self.per_second = size, per_second
        self.tokens, self.at = size, now

    def wait_s(self, now: float) -> float:
        """Seconds until one token is there; 0 when one is there now."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        # The tolerance keeps 0.1 s steps from missing a full token by a rounding error.
        return 0.0 if self.tokens >= 1 - 1e-9 else (1 - self.tokens) / self.per_second

    def take(self) -> None:
        self.tokens -= 1


class RateLimiter:
    """Refuses a message above the limits; ``limits=None`` lets everything pass."""

    def __init__(self, limits: RateLimits | None, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._buckets: dict[int, Bucket] = {}

    def set(self, limits: RateLimits | None) -> None:
        """Switch to other limits and forget what was sent so far."""
        self.limits = limits
        self._buckets.clear()

    def check(self, chat_id: int) -> None:
        """Count one message to ``chat_id``; 429 with the seconds to wait when above a limit."""
        if self.limits is None:
            return
        now = self._clock()
        buckets = [self._overall(self.limits, now), self._chat(self.limits, chat_id, now)]
        wait_s = max(bucket.wait_s(now) for bucket in buckets)
        if wait_s > 0:
            raise too_many_requests(max(1, math.ceil(wait_s)))
        for bucket in buckets:
            bucket.take()

    def _overall(self, limits: RateLimits, now: float) -> Bucket:
        rate = limits.overall_per_second
        return self._buckets.setdefault(0, Bucket(rate, rate, now))

    def _chat(self, limits: RateLimits, chat_id: int, now: float) -> Bucket:
        if chat_id < 0:
            fresh = Bucket(limits.group_per_minute, limits.group_per_minute / 60, now)
        else:
            fresh = Bucket(limits.private_burst, limits.private_per_second, now)
        return self._buckets.setdefault(chat_id, fresh)
