"""Tells a test when the bot is done with an update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import Application


def watch(application: Application, done: Callable[[int], None]) -> None:  # type: ignore[type-arg]
    """Call `done` with the number of every update that is answered or set aside; before the application starts."""
    lanes = application.update_processor
    process = lanes.do_process_update

    async def watched(update: object, coroutine: Awaitable[None]) -> None:
        await process(update, coroutine)
        if isinstance(update, Update):
            done(update.update_id)

    lanes.do_process_update = watched  # type: ignore[method-assign]
