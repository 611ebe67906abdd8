"""What all tests share: a database of their own, the trained model loaded once, the whole bot on a local Telegram.

Tests that need the model ask for `rasa` or `bot`; it is trained if the data changed (`make test` has done so before).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from store import database as store_database

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa
    from tests.bot_under_test import BotUnderTest


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A fresh database file; the product opens the same one."""
    monkeypatch.setenv(store_database.PATH_VARIABLE, str(tmp_path / "coach.db"))
    return store_database.database()


@pytest.fixture(scope="session")
def rasa() -> EmbeddedRasa:
    """The model for the present data, loaded once a run."""
    from bot.log_filter import configure_logging
    from dialogues.quiet import load_rasa
    from dialogues.training import train

    configure_logging("WARNING")
    return load_rasa(train())


@pytest.fixture
async def bot(rasa: EmbeddedRasa) -> AsyncIterator[BotUnderTest]:
    """The whole bot, polling the local Bot API server over HTTP."""
    from tests.bot_under_test import BotUnderTest

    subject = BotUnderTest(rasa)
    await subject.find_unclear_words()
    await subject.start()
    yield subject
    await subject.stop()
