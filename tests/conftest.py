"""What all tests share: a database of their own, the trained model loaded once, the local Bot API server.

Tests that need the model ask for `coach`; it trains the model if the data changed (as `make test` has done before).
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot import app
from bot.engine import EmbeddedEngine
from bot.handlers.commands import set_menu
from bot.localchat import LocalTelegram
from bot.log_filter import configure_logging
from store import database as store_database

TOKEN = "10000:token-of-the-tests-0000000000000000"
_people = itertools.count(500_001)


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A fresh database file; the product opens the same one."""
    monkeypatch.setenv(store_database.PATH_VARIABLE, str(tmp_path / "coach.db"))
    yield store_database.database()


@pytest.fixture(scope="session")
def engine() -> EmbeddedEngine:
    """The coach with the model for the present data, loaded once a run."""
    from dialogues.training import train

    configure_logging("WARNING")
    return EmbeddedEngine.load(train())


@pytest.fixture
def person() -> int:
    """Somebody whom the coach has not met: a new Telegram user id."""
    return next(_people)


@pytest.fixture
async def telegram(engine: EmbeddedEngine) -> AsyncIterator[LocalTelegram]:
    """The local Bot API server with the whole bot polling it over HTTP."""
    server = LocalTelegram(token=TOKEN)
    await server.start(port=0)
    application = app.build(TOKEN, engine, server.base_url, server.base_file_url)
    await application.initialize()
    await set_menu(application)
    await application.start()
    assert application.updater is not None
    await application.updater.start_polling(allowed_updates=app.ALLOWED_UPDATES, poll_interval=0)
    yield server
    await application.updater.stop()
    await application.stop()
    await application.shutdown()
    await server.stop()
