"""Pressed buttons: only our own payloads reach the engine; old and foreign ones get a kind answer."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import texts
from bot.handlers.buttons import is_payload
from tests.bot.small_bot import SmallBot


@pytest.mark.parametrize(
    "data",
    [
        "/help",
        "/ask_closing",
        '/too_expensive{"rank":"2"}',
        '/too_expensive{"style":"driver","rank":"1"}',
        "/show_card{}",
        '/show_card{"card":"客户"}',
    ],
)
def test_our_own_payloads(data: str) -> None:
    assert is_payload(data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "help",
        "/",
        "/Help",
        "/help now",
        "/help\n/cancel",
        " /help",
        "/too_expensive{",
        "/too_expensive{rank}",
        '/too_expensive["rank"]',
        '/too_expensive{"rank":2}',
        '/too_expensive{"rank":null}',
        '/too_expensive{"rank":["2"]}',
        '/too_expensive{"rank":{"a":"b"}}',
        "太贵了",
    ],
)
def test_what_is_no_payload(data: str) -> None:
    assert not is_payload(data)


async def test_a_pressed_button_is_handed_on_and_answered_below(small_bot: SmallBot) -> None:
    message = await small_bot.asks("太贵了", buttons=[("换一招", '/too_expensive{"rank":"1"}')])
    await small_bot.presses(message["message_id"], "换一招")
    assert small_bot.engine.asked[-1] == (str(small_bot.person), '/too_expensive{"rank":"1"}')
    assert small_bot.said() == ["第 1 个回答", "第 2 个回答"]


async def test_the_button_stops_waiting(small_bot: SmallBot) -> None:
    message = await small_bot.asks("太贵了", buttons=[("换一招", "/next_technique")])
    await small_bot.presses(message["message_id"], "换一招")
    [call] = small_bot.telegram.calls_of("answerCallbackQuery")
    assert call.error is None
    assert "text" not in call.params


@pytest.mark.parametrize("data", ["stale:17", "/Help", "/help{1}", "太贵了"])
async def test_a_foreign_button_gets_a_notice_and_reaches_no_engine(small_bot: SmallBot, data: str) -> None:
    message = await small_bot.asks("太贵了", buttons=[("旧按钮", data)])
    asked = list(small_bot.engine.asked)
    await small_bot.presses(message["message_id"], "旧按钮")
    [call] = small_bot.telegram.calls_of("answerCallbackQuery")
    assert call.params["text"] == texts()["stale_button"]
    assert small_bot.engine.asked == asked


async def test_a_press_that_is_too_old_to_answer_still_gets_its_message(small_bot: SmallBot) -> None:
    message = await small_bot.asks("太贵了", buttons=[("换一招", "/next_technique")])
    fault: dict[str, Any] = {"code": 400, "description": "Bad Request: query is too old"}
    small_bot.telegram.faults.fail("answerCallbackQuery", **fault)
    await small_bot.presses(message["message_id"], "换一招")
    assert small_bot.said() == ["第 1 个回答", "第 2 个回答"]
