"""How updates reach the bot: long polling, webhook, and a whole PTB application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, NetworkError
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application as WebApplication
from tornado.web import RequestHandler

from bot.localchat import LocalTelegram

pytestmark = pytest.mark.asyncio
PERSON, TOKEN = 1001, "1001:test-token"


async def test_updates_stay_until_confirmed(server: LocalTelegram, bot: Bot) -> None:
    for text in ("一", "二", "三"):
        server.send_text(PERSON, text)
    first = await bot.get_updates(limit=2, timeout=0)
    assert [u.message.text for u in first if u.message] == ["一", "二"]
    assert len(await bot.get_updates(timeout=0)) == 3
    rest = await bot.get_updates(offset=first[-1].update_id + 1, timeout=0)
    assert [u.message.text for u in rest if u.message] == ["三"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1, timeout=0) == ()


async def test_a_negative_offset_keeps_the_last(server: LocalTelegram, bot: Bot) -> None:
    for text in ("一", "二", "三"):
        server.send_text(PERSON, text)
    (last,) = await bot.get_updates(offset=-1, timeout=0)
    assert last.message
    assert last.message.text == "三"
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_a_waiting_poll_ends_with_the_first_update(server: LocalTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await server.wait_until(lambda: server.is_polled)
    server.send_text(PERSON, "醒醒")
    (update,) = await waiting
    assert update.message
    assert update.message.text == "醒醒"


async def test_an_empty_poll_ends_by_itself(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poll_ends_the_first_with_409(server: LocalTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await server.wait_until(lambda: server.is_polled)
    server_calls = len(server.calls_of("getUpdates"))
    second = asyncio.create_task(bot.get_updates(timeout=50))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    assert len(server.calls_of("getUpdates")) == server_calls + 1
    server.send_text(PERSON, "给第二个")
    assert len(await second) == 1


async def test_allowed_updates_stay_until_changed(server: LocalTelegram, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"], timeout=0)
    assert "update_id" not in server.send_text(PERSON, "听不到")
    await bot.get_updates(timeout=0)
    assert "update_id" not in server.send_text(PERSON, "还是听不到")
    await bot.get_updates(allowed_updates=[], timeout=0)
    assert "update_id" in server.send_text(PERSON, "听到了")


async def test_an_application_polls_and_answers(server: LocalTelegram) -> None:
    async def shout(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_text(update.message.text + "！")

    app = (
        Application.builder().token(TOKEN).base_url(server.base_url)
        .base_file_url(server.base_file_url).build()
    )  # fmt: skip
    app.add_handler(MessageHandler(filters.TEXT, shout))
    assert app.updater
    async with app:
        await app.updater.start_polling()
        await app.start()
        server.send_text(PERSON, "你好")
        (answer,) = await server.wait_for(PERSON)
        assert answer["text"] == "你好！"
        await app.updater.stop()
        await app.stop()


@dataclass
class Hook:
    """A receiving web server; ``statuses`` are its next answers, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, Any], str | None]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        while len(self.got) < count:
            self.changed.clear()
            await asyncio.wait_for(self.changed.wait(), 5)
        return [update for update, _ in self.got]


class HookHandler(RequestHandler):
    def initialize(self, hook: Hook) -> None:
        self.hook = hook

    def post(self) -> None:
        secret = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.hook.got.append((json.loads(self.request.body), secret))
        self.set_status(self.hook.statuses.pop(0) if self.hook.statuses else 200)
        self.hook.changed.set()


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    sock, port = bind_unused_port()
    hook.url = f"http://127.0.0.1:{port}/hook"
    web = HTTPServer(WebApplication([("/hook", HookHandler, {"hook": hook})]))
    web.add_sockets([sock])
    yield hook
    web.stop()
    await web.close_all_connections()


async def test_a_webhook_gets_updates_with_its_secret(server: LocalTelegram, bot: Bot, hook: Hook) -> None:
    assert await bot.set_webhook(hook.url, secret_token="geheim_1", max_connections=5)
    server.send_text(PERSON, "一")
    server.send_text(PERSON, "二")
    assert [u["message"]["text"] for u in await hook.wait_for(2)] == ["一", "二"]
    assert {secret for _, secret in hook.got} == {"geheim_1"}
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == (hook.url, 5)
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates(timeout=0)
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates(timeout=0) == ()


async def test_a_failing_webhook_is_tried_again(server: LocalTelegram, bot: Bot, hook: Hook) -> None:
    hook.statuses = [500, 503]
    await bot.set_webhook(hook.url)
    server.send_text(PERSON, "再试")
    first, second, third = await hook.wait_for(3)
    assert first == second == third
    info = await bot.get_webhook_info()
    assert info.last_error_message
    assert "503" in info.last_error_message


async def test_dropping_pending_updates(server: LocalTelegram, bot: Bot, hook: Hook) -> None:
    server.send_text(PERSON, "旧的")
    await bot.set_webhook(hook.url, drop_pending_updates=True, allowed_updates=["message"])
    server.send_text(PERSON, "新的")
    (only,) = await hook.wait_for(1)
    assert only["message"]["text"] == "新的"
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)


async def test_webhooks_that_are_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="(?i)bad webhook"):
        await bot.set_webhook("ftp://example.com")
    with pytest.raises(BadRequest, match="(?i)unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:1/x", secret_token="a b")


async def test_a_confirmed_update_can_come_a_second_time(server: LocalTelegram, bot: Bot) -> None:
    update = server.send_text(PERSON, "只算一次")
    await bot.get_updates(offset=update["update_id"] + 1, timeout=0)
    server.send_raw(update)
    (again,) = await bot.get_updates(offset=update["update_id"] + 1, timeout=0)
    assert again.update_id == update["update_id"]
    assert await bot.get_updates(offset=update["update_id"] + 1, timeout=0) == ()


async def test_a_raw_button_press_can_be_answered(server: LocalTelegram, bot: Bot) -> None:
    person = {"id": PERSON, "is_bot": False, "first_name": "小林"}
    query = {"id": "q1", "from": person, "chat_instance": "1", "data": "old_button"}
    server.send_raw({"callback_query": query})
    (update,) = await bot.get_updates(timeout=0)
    assert update.callback_query
    assert await bot.answer_callback_query(update.callback_query.id)


async def test_stopping_ends_what_is_open(bot: Bot, server: LocalTelegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await server.wait_until(lambda: server.is_polled)
    await asyncio.wait_for(server.stop(), 5)
    # Either the empty answer got out before the connection closed, or the line broke.
    (outcome,) = await asyncio.wait_for(asyncio.gather(polling, return_exceptions=True), 5)
    assert outcome == () or isinstance(outcome, NetworkError)
