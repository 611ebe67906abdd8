"""Watches the event loop from a thread of its own: who waits while it hangs is told, and a loop that stays dead ends.

A hanging engine is no matter for this file: `bot/engine.py` gives up on it. But code that computes without end stops
the whole loop, that clock included.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable

import httpx
from telegram import Bot

from bot.conversation import texts
from bot.lanes import Lanes

LOGGER = logging.getLogger(__name__)
# Seconds without a turn of the loop until those who wait are told, and until the process gives up.
HANGS_S, DEAD_S = 3.5, 60.0
LOOK_EVERY_S = 0.5
# What sysexits.h calls an internal software error; a service manager starts the process anew, and the inbox is kept.
EXIT_CODE = 70


class Watchdog:
    """Watches the loop it is started on, for the sake of the people in `lanes`."""

    def __init__(
        self,
        lanes: Lanes,
        tell: Callable[[int], None],
        end: Callable[[], None] = lambda: os._exit(EXIT_CODE),
        hangs_s: float = HANGS_S,
    ) -> None:
        self._lanes, self._tell, self._end, self._hangs_s = lanes, tell, end, hangs_s
        self._ticked = time.monotonic()
        self._told: set[int] = set()
        self._stopped = threading.Event()
        self._thread_id = threading.get_ident()
        self._ticking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch the running loop."""
        self._ticking = asyncio.create_task(self._tick())
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        if self._ticking:
            self._ticking.cancel()

    def look(self, now: float) -> None:
        """Do what is due at a time of the monotonic clock."""
        silent_s = now - self._ticked
        if silent_s < self._hangs_s:
            self._told.clear()
            return
        if not self._told:
            LOGGER.error("the loop hangs for %.1f s here:\n%s", silent_s, self._place())
        for update_id, chat_id in list(self._lanes.under_way.items()):
            if update_id not in self._told:
                self._told.add(update_id)
                self._tell(chat_id)
        if silent_s >= DEAD_S:
            LOGGER.critical("the loop hangs for %.0f s; the process ends, the inbox is kept", silent_s)
            self._end()

    def _place(self) -> str:
        """Where the loop's thread is; lines of code, no values."""
        frame = sys._current_frames().get(self._thread_id)
        return "".join(traceback.format_stack(frame)) if frame else ""

    async def _tick(self) -> None:
        while True:
            self._ticked = time.monotonic()
            await asyncio.sleep(LOOK_EVERY_S)

    def _watch(self) -> None:
        while not self._stopped.wait(min(LOOK_EVERY_S, self._hangs_s)):
            self.look(time.monotonic())


def teller(bot: Bot, proxy: str | None) -> Callable[[int], None]:
    """Sends “it takes longer” to a chat without the help of the loop."""

    def tell(chat_id: int) -> None:
        try:
            with httpx.Client(proxy=proxy, timeout=5.0) as client:
                client.post(f"{bot.base_url}/sendMessage", json={"chat_id": chat_id, "text": texts()["slow"]})
        except httpx.HTTPError as error:
            LOGGER.warning("the person could not be told: %s", type(error).__name__)

    return tell
