"""How the product is served: by webhook with a secret, and what a refused token looks like."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot import app
from bot.__main__ import start_webhook
from bot.engine import EmbeddedEngine
from bot.localchat import LocalTelegram
from bot.settings import read_settings
from dialogues.embedded import EmbeddedRasa
from tests.admitting import admit
from tests.bot_under_test import TOKEN

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-secret-of-the-tests-1234"


@pytest.mark.model
async def test_webhook_answers_telegram_and_nobody_else(rasa: EmbeddedRasa, unused_tcp_port: int) -> None:
    server = LocalTelegram(token=TOKEN)
    await server.start(port=0)
    person = 700_001
    server.add_person(person, "小林")
    admit(person, "小林")
    application = app.build(TOKEN, EmbeddedEngine(rasa.answer), server.base_url, server.base_file_url)
    address = f"http://127.0.0.1:{unused_tcp_port}"
    settings = replace(
        read_settings(), webhook_url=address, webhook_secret=SECRET, webhook_port=unused_tcp_port, telegram_token=TOKEN
    )
    async with AsyncExitStack() as stack:
        await start_webhook(application, settings, stack)
        server.send_text(person, "太贵了")
        (reply,) = await server.wait_for(person)
        assert "「太贵了」" in reply["text"]
        async with httpx.AsyncClient() as stranger:
            answer = await stranger.post(f"{address}/telegram", json={"update_id": 1})
        assert answer.status_code == 403
    await server.stop()


async def test_a_refused_token_ends_the_start_with_one_line_that_does_not_show_it() -> None:
    server = LocalTelegram(token=TOKEN)
    await server.start(port=0)
    wrong = "99999:wrong-token-of-the-tests-00000000000000"
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": wrong,
        "TELEGRAM_API_BASE": server.base_url.removesuffix("/bot"),
        "LOCAL_CHAT": "false",
        "RASA_URL": "http://127.0.0.1:9",
    }
    # In a thread, so that the server can answer meanwhile.

    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-W", "ignore", "-m", "bot"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    await server.stop()
    assert done.returncode == 2
    assert "Telegram refuses TELEGRAM_BOT_TOKEN" in done.stderr
    assert wrong not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
