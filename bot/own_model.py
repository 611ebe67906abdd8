"""Keeps the engine on the model for the published table: trains beside the bot, then exchanges without a gap.

    every few seconds: what is published? ─┬─ its model is loaded: nothing to do
                                           ├─ its model is there: read in a thread, then used from the next message on
                                           └─ not yet: a process of low priority trains it; the old model answers
Nothing is remembered here: what is to be done follows from the database and from the files, so a restart in the middle
goes on by itself. If training fails, the old model stays and the one who published is told (`bot/own_news.py`).
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.engine import EmbeddedEngine
from dialogues import own_content
from store import own_tables
from store.clock import utc_now
from store.database import database

LOGGER = logging.getLogger(__name__)
TICK_S = 3.0

Train = Callable[[], Awaitable[bool]]
# What is loaded: the model, and the table whose names it read.
_Loaded = tuple[Path, str]


class OwnModel:
    """The model of one engine; `train` makes the model that is wanted and tells whether it could."""

    def __init__(self, engine: EmbeddedEngine, loaded: Path, train: Train | None = None) -> None:
        self._engine = engine
        self._loaded: _Loaded = (loaded, own_content.in_use())
        self._train = train or train_beside
        self._failed: set[Path] = set()

    async def keep(self) -> None:
        """Go on until cancelled; whatever goes wrong, the engine answers with what it has."""
        while True:
            try:
                await self.tick()
            except Exception:
                LOGGER.exception("the model for the company's table could not be kept")
            await asyncio.sleep(TICK_S)

    async def tick(self) -> None:
        """Do what is to be done now; with a training this takes as long as that."""
        own_content.refresh()
        model, table = own_content.model(), own_content.in_use()
        if (model, table) == self._loaded:
            own_tables.end_training(database(), model.name, own_tables.IN_USE, utc_now())
        elif model.exists():
            await self._exchange(model, table)
        elif not self._has_failed(model):
            await self._use_names(table)
            await self._make(model)

    def _has_failed(self, model: Path) -> bool:
        """Whether it could not be made; who publishes again asks for another try."""
        state = own_tables.training_state(database(), model.name)
        return state == own_tables.FAILED or (state is None and model in self._failed)

    async def _exchange(self, model: Path, table: str) -> None:
        await self._engine.exchange(model)
        self._loaded = (model, table)
        own_tables.end_training(database(), model.name, own_tables.IN_USE, utc_now())
        LOGGER.info("model %s is in use", model.name)

    async def _use_names(self, table: str) -> None:
        """The names of new techniques and objections need no training, only a model that is read anew."""
        if self._loaded[1] != table:
            await self._engine.exchange(self._loaded[0])
            self._loaded = (self._loaded[0], table)

    async def _make(self, model: Path) -> None:
        LOGGER.info("training model %s for the company's table", model.name)
        if not await self._train() or not model.exists():
            self._failed.add(model)
            own_tables.end_training(database(), model.name, own_tables.FAILED, utc_now())
            LOGGER.error("model %s could not be trained; the old one stays in use", model.name)


async def train_beside() -> bool:
    """Train in a process of its own; it ends with this one."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "dialogues.own_training")
    try:
        return await process.wait() == 0
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
