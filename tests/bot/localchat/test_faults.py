"""Limits on sending, ordered faults, and the calls that tests can look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.localchat import LocalTelegram, RateLimits

pytestmark = pytest.mark.asyncio
TOKEN = "1001:test-token"
MakeBot = Callable[..., Awaitable[Bot]]
PERSON, OTHER, GROUP = 1001, 1002, -1001000000001


async def test_a_failure_strikes_as_often_as_ordered(server: LocalTelegram, bot: Bot) -> None:
    server.faults.fail("sendMessage", times=2, code=502)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(PERSON, "试")
    assert await bot.send_message(PERSON, "好了")
    assert len(server.messages(PERSON)) == 1


@pytest.mark.parametrize(
    ("code", "description", "error"),
    [
        (400, "Bad Request: chat not found", BadRequest),
        (403, "Forbidden: user is deactivated", Forbidden),
        (401, "Unauthorized", InvalidToken),
        (500, None, NetworkError),
    ],
)
async def test_each_failure_has_its_exception(
    server: LocalTelegram, bot: Bot, code: int, description: str | None, error: type[Exception]
) -> None:
    server.faults.fail("*", code=code, description=description)
    with pytest.raises(error):
        await bot.send_message(PERSON, "试")


async def test_a_fault_may_concern_one_chat(server: LocalTelegram, bot: Bot) -> None:
    server.faults.fail("sendMessage", code=429, retry_after=7, chat_id=OTHER)
    assert await bot.send_message(PERSON, "不受影响")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(OTHER, "稍等")
    assert caught.value._retry_after.total_seconds() == 7


async def test_a_lost_reply_has_been_carried_out(server: LocalTelegram, bot: Bot) -> None:
    server.faults.lose_reply("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(PERSON, "发出去了")
    assert [m["text"] for m in server.messages(PERSON)] == ["发出去了"]


async def test_a_refused_connection_carries_nothing_out(server: LocalTelegram, bot: Bot) -> None:
    server.faults.refuse("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(PERSON, "没发出去")
    assert server.messages(PERSON) == []


async def test_a_delay_is_a_timeout_for_the_client(server: LocalTelegram, make_bot: MakeBot) -> None:
    hasty = await make_bot(read_timeout_s=0.1)
    server.faults.delay("sendMessage", seconds=60)
    with pytest.raises(TimedOut):
        await hasty.send_message(PERSON, "太慢")
    assert len(server.messages(PERSON)) == 1


async def test_faults_can_be_ordered_over_http(server: LocalTelegram, bot: Bot) -> None:
    url = server.page_url + "control/faults"
    async with httpx.AsyncClient() as web:
        order = {"kind": "fail", "method": "sendMessage", "code": 500}
        assert (await web.post(url, json=order)).status_code == 200
        assert (await web.post(url, json={"kind": "explode"})).status_code == 400
        with pytest.raises(NetworkError):
            await bot.send_message(PERSON, "试")
        await web.post(url, json=order)
        await web.delete(url)
    assert await bot.send_message(PERSON, "好了")


async def test_calls_show_what_the_bot_asked(server: LocalTelegram, bot: Bot) -> None:
    await bot.send_message(PERSON, "123")
    with pytest.raises(BadRequest):
        await bot.send_message(999, "无")
    sent, refused = await server.wait_for_call("sendMessage", 2)
    assert sent.params["chat_id"] == PERSON
    assert sent.params["text"] == "123"
    assert sent.result["text"] == "123"
    assert sent.error is None
    assert refused.error
    assert refused.error.code == 400


async def test_rates_of_private_chats_and_groups() -> None:
    now = [1000.0]
    local = LocalTelegram("1:t", rate_limits=RateLimits(), clock=lambda: now[0])
    await local.start()
    try:
        async with Bot("1:t", base_url=local.base_url) as bot:
            for number in range(5):
                await bot.send_message(PERSON, f"连发 {number}")
            with pytest.raises(RetryAfter, match="Retry in 1 seconds"):
                await bot.send_message(PERSON, "太快")
            await bot.send_message(OTHER, "别人不受影响")
            now[0] += 1
            await bot.send_message(PERSON, "又可以了")
            for number in range(20):
                now[0] += 0.1
                await bot.send_message(GROUP, f"群 {number}")
            with pytest.raises(RetryAfter):
                await bot.send_message(GROUP, "群里太快")
    finally:
        await local.stop()


async def test_thirty_a_second_over_all_chats(server: LocalTelegram, bot: Bot) -> None:
    now = 1000.0
    server.rate._clock = lambda: now
    server.rate.set(RateLimits())
    for person in range(3001, 3032):
        server.add_person(person, "众人")
    for person in range(3001, 3031):
        await bot.send_message(person, "群发")
    with pytest.raises(RetryAfter):
        await bot.send_message(3031, "第 31 条")
    server.rate.set(None)
    assert await bot.send_message(3031, "不限速了")


async def test_tokens_and_methods(server: LocalTelegram, make_bot: MakeBot) -> None:
    stranger = await make_bot("1:wrong")
    with pytest.raises(InvalidToken):
        await stranger.get_me()
    async with httpx.AsyncClient() as web:
        answer = await web.get(f"{server.base_url}1:wrong/getMe")
        assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
        answer = await web.get(f"{server.base_url}{TOKEN}/flyAway")
        assert (answer.status_code, answer.json()["error_code"]) == (404, 404)
        assert (await web.get(f"{server.base_file_url}1:wrong/x/y")).status_code == 401


async def test_every_way_to_send_parameters(server: LocalTelegram) -> None:
    url = f"{server.base_url}{TOKEN}/SENDMESSAGE"
    params = {"chat_id": PERSON, "text": "到了"}
    async with httpx.AsyncClient() as web:
        answers = [
            await web.get(url, params=params),
            await web.post(url, data=params),
            await web.post(url, json=params),
            await web.post(url, data=params, files={"unused": ("a.txt", b"x")}),
        ]
        broken = await web.post(url, content=b"{", headers={"Content-Type": "application/json"})
    assert [answer.json()["result"]["text"] for answer in answers] == ["到了"] * 4
    assert broken.status_code == 400
