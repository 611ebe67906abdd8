"""Whatever is sent to an open port: a plain answer, no trace, and the next message comes through."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace

import httpx
import pytest

from bot import app
from bot.__main__ import start_webhook
from bot.localchat import LocalTelegram
from bot.settings import read_settings
from tests.admitting import admit
from tests.bot.small_bot import TOKEN, NumberingEngine
from tests.bot.test_fuzz import JUNK

SECRET = "a-secret-of-the-tests-1234"
PERSON = 700_301
PAGE = ("send", "edit", "press", "vote", "react", "media")
ODD_VALUES = (None, True, -1, 2**70, 1.5, "", "\x00", "\ud800", "／x", [], {}, [[1]], {"a": {"b": []}}, "好" * 5000)
FIELDS = ("person_id", "chat_id", "text", "message_id", "data", "options", "emoji", "kind", "base64", "name", "caption")


def odd_bodies(count: int) -> Iterator[bytes]:
    """The same every time: bytes, broken JSON, objects whose fields are wrong in turn."""
    chance = random.Random(3)
    yield from (b"", b"\xff\xfe\x00", b"{", b"[]", b"null", b"1e999", b'{"update_id": NaN}', b"[" * 3000)
    for _ in range(count):
        body = {field: chance.choice((*ODD_VALUES, PERSON)) for field in chance.sample(FIELDS, 5)}
        yield json.dumps(body).encode()


async def raw(port: int, junk: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(junk)
    writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


async def test_anything_posted_to_the_webhook_is_refused_or_passed_over(unused_tcp_port: int, database: object) -> None:
    server = LocalTelegram(token=TOKEN, webhook_retry_s=0.05)
    await server.start()
    server.add_person(PERSON, "小林")
    admit(PERSON, "小林")
    address = f"http://127.0.0.1:{unused_tcp_port}"
    settings = replace(
        read_settings(), webhook_url=address, webhook_secret=SECRET, webhook_port=unused_tcp_port, telegram_token=TOKEN
    )
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
    async with AsyncExitStack() as stack:
        await start_webhook(app.build(TOKEN, NumberingEngine(), server.base_url, server.base_file_url), settings, stack)
        web = await stack.enter_async_context(httpx.AsyncClient(base_url=address))
        updates = (json.dumps({"update_id": 5, "message": json.loads(b)}).encode() for b in list(odd_bodies(40))[8:])
        for body in (*odd_bodies(10), *updates):
            answer = await web.post("/telegram", content=body, headers=headers)
            assert "Traceback" not in answer.text
        for junk in JUNK:
            assert b"Traceback" not in await raw(unused_tcp_port, junk)
        server.send_text(PERSON, "在吗")
        (reply,) = await server.wait_for(PERSON)
        assert reply["text"].startswith("第 ")
    await server.stop()


@pytest.mark.parametrize("action", PAGE)
async def test_anything_posted_to_the_page_gets_a_plain_answer(action: str) -> None:
    server = LocalTelegram(token=TOKEN)
    await server.start()
    server.add_person(PERSON, "小林")
    async with httpx.AsyncClient(base_url=server.page_url) as web:
        for body in odd_bodies(40):
            answer = await web.post(f"page/{action}", content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code in (200, 400)
            assert "Traceback" not in answer.text
        assert (await web.get("page/state")).status_code == 200
    await server.stop()
