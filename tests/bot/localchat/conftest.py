"""A local Telegram and real python-telegram-bot clients for its tests; all on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.localchat import LocalTelegram

TOKEN = "1001:test-token"
# Long enough for a slow machine, short enough that a lost answer does not stall a test run.
READ_TIMEOUT_S = 3.0

MakeBot = Callable[..., Awaitable[Bot]]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[LocalTelegram]:
    local = LocalTelegram(token=TOKEN, webhook_retry_s=0.01)
    await local.start()
    yield local
    await local.stop()


@pytest_asyncio.fixture
async def make_bot(server: LocalTelegram) -> AsyncIterator[MakeBot]:
    """Makes further clients, for example with a wrong token; closes them all."""
    made: list[Bot] = []

    async def make(token: str = TOKEN, read_timeout_s: float = READ_TIMEOUT_S) -> Bot:
        request = HTTPXRequest(read_timeout=read_timeout_s)
        client = Bot(
            token,
            base_url=server.base_url,
            base_file_url=server.base_file_url,
            request=request,
            get_updates_request=HTTPXRequest(read_timeout=READ_TIMEOUT_S),
        )
        await request.initialize()
        made.append(client)
        return client

    yield make
    for client in made:
        await client.shutdown()


@pytest_asyncio.fixture
async def bot(make_bot: MakeBot) -> Bot:
    client = await make_bot()
    await client.initialize()
    return client
