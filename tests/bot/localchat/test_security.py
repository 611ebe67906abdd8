"""Nobody but this computer's own page and bot gets in; the token never gets out."""

from __future__ import annotations

import json
import logging

import httpx
import pytest
from telegram import Bot

from bot.localchat import LocalTelegram

pytestmark = pytest.mark.asyncio
PERSON, TOKEN = 1001, "1001:test-token"
SEND = {"person_id": PERSON, "chat_id": PERSON, "text": "你好"}


@pytest.mark.parametrize("path", ["", "page/state", f"bot{TOKEN}/getMe", "static/chat.js", "nowhere"])
async def test_a_foreign_host_is_refused(server: LocalTelegram, path: str) -> None:
    async with httpx.AsyncClient() as web:
        for host in ("evil.example", "127.0.0.1:1", "localhost.evil.example:80"):
            answer = await web.get(server.page_url + path, headers={"Host": host})
            assert answer.status_code == 403
        port = server.page_url.rsplit(":", 1)[1].strip("/")
        answer = await web.get(server.page_url + path, headers={"Host": f"localhost:{port}"})
        assert answer.status_code == (404 if path == "nowhere" else 200)


async def test_another_site_cannot_act(server: LocalTelegram) -> None:
    async with httpx.AsyncClient(base_url=server.page_url) as web:
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
            headers = {"Origin": origin}
            assert (await web.post("page/send", json=SEND, headers=headers)).status_code == 403
            bot_call = f"bot{TOKEN}/sendMessage"
            params = {"chat_id": PERSON, "text": "x"}
            assert (await web.post(bot_call, data=params, headers=headers)).status_code == 403
        own = {"Origin": server.page_url.strip("/")}
        answer = await web.post("page/send", json=SEND, headers=own)
        assert answer.status_code == 200
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert len(server.messages(PERSON)) == 1


async def test_page_actions_are_json_only(server: LocalTelegram) -> None:
    async with httpx.AsyncClient(base_url=server.page_url) as web:
        assert (await web.post("page/send", data=SEND)).status_code == 415
        as_text = {"Content-Type": "text/plain"}
        body = json.dumps(SEND)
        assert (await web.post("page/send", content=body, headers=as_text)).status_code == 415
        for wrong in ([], {"text": "没有人"}, {**SEND, "text": " "}, {**SEND, "person_id": 5}):
            assert (await web.post("page/send", json=wrong)).status_code == 400


async def test_the_page_never_shows_the_token(server: LocalTelegram, bot: Bot) -> None:
    await bot.send_message(PERSON, "你好")
    async with httpx.AsyncClient(base_url=server.page_url) as web:
        for path in ("", "page/state", "static/chat.js", "nowhere", "page/file/none"):
            answer = await web.get(path)
            assert TOKEN not in answer.text
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_uploaded_pages_do_not_run_here(server: LocalTelegram) -> None:
    body = b"<script>alert(1)</script>"
    sent = server.send_media(PERSON, "document", body=body, name="x.html")
    file_id = sent["message"]["document"]["file_id"]
    async with httpx.AsyncClient(base_url=server.page_url) as web:
        answer = await web.get(f"page/file/{file_id}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"


async def test_other_addresses_are_not_served() -> None:
    for host in ("0.0.0.0", "192.168.1.10"):
        with pytest.raises(ValueError, match="this computer only"):
            await LocalTelegram("1:t").start(host=host)


async def test_the_token_stays_out_of_the_log(
    server: LocalTelegram,
    bot: Bot,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(server.world, "now", broken)
    with (
        caplog.at_level(logging.DEBUG, logger="tornado"),
        caplog.at_level(logging.DEBUG, logger="bot.localchat"),
    ):
        async with httpx.AsyncClient() as web:
            url = f"{server.base_url}{TOKEN}/sendMessage"
            answer = await web.post(url, json={"chat_id": PERSON, "text": "x"})
    assert answer.status_code == 500
    ours = [r for r in caplog.records if r.name.startswith(("tornado", "bot."))]
    assert ours
    assert not any(TOKEN in record.getMessage() for record in ours)
