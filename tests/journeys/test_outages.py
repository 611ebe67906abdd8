"""Telegram away, a webhook while the database fails, a stop in the middle of it: nothing is lost, nothing hangs."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from bot import app
from bot.__main__ import start_webhook
from bot.conversation import texts
from bot.localchat import LocalTelegram
from bot.settings import read_settings
from store.database import PATH_VARIABLE
from tests.admitting import admit
from tests.bot.small_bot import TOKEN, NumberingEngine

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-secret-of-the-tests-1234"
PERSON = 700_101


async def test_a_webhook_confirms_only_what_is_kept(unused_tcp_port: int, tmp_path: Path, database: Database) -> None:
    server = LocalTelegram(token=TOKEN, webhook_retry_s=0.05)
    await server.start()
    server.add_person(PERSON, "小林")
    admit(PERSON, "小林")
    address = f"http://127.0.0.1:{unused_tcp_port}"
    settings = replace(
        read_settings(), webhook_url=address, webhook_secret=SECRET, webhook_port=unused_tcp_port, telegram_token=TOKEN
    )
    other = sqlite3.connect(tmp_path / "coach.db", isolation_level=None)
    async with AsyncExitStack() as stack:
        await start_webhook(app.build(TOKEN, NumberingEngine(), server.base_url, server.base_file_url), settings, stack)
        other.execute("begin immediate")
        server.send_text(PERSON, "太贵了")
        (told,) = await server.wait_for(PERSON, timeout_s=20)
        assert told["text"] == texts()["not_kept"]
        assert len(server.queue) == 1, "Telegram still holds it"
        other.execute("rollback")
        _, answer = await server.wait_for(PERSON, 2, timeout_s=20)
        assert answer["text"] == "第 1 个回答"
    assert [row["state"] for row in database["inbox"].rows] == ["done"]
    await server.stop()


async def test_a_stop_is_obeyed_while_telegram_is_away(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": "http://127.0.0.1:9",
        "LOCAL_CHAT": "false",
        "RASA_URL": "http://127.0.0.1:9",
        PATH_VARIABLE: str(tmp_path / "away.db"),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "bot", cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    line = await asyncio.wait_for(process.stderr.readline(), 60)
    assert b"getMe failed (NetworkError), again in" in line
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0
    assert b"Traceback" not in await process.stderr.read()
