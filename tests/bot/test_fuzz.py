"""Whatever comes in: no crash, no trace to people, and the next message is answered."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import cli
from bot.conversation import texts
from bot.handlers.buttons import RASA_COMMANDS, is_payload
from bot.handlers.messages import plain_words
from bot.localchat import LocalTelegram
from bot.log_filter import TokenFilter
from bot.polling import UpdatesRequest, readable
from tests.bot.small_bot import SmallBot

ODD = st.text(st.characters() | st.sampled_from("/／{}\"':\u200b\u202e\ufeff\x00<&=+@-"), max_size=60)
SCALAR = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | ODD
JSON = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3))
FIELDS = st.sampled_from(
    ["message", "edited_message", "callback_query", "poll_answer", "inline_query", "my_chat_member", "text", "from"]
)
MESSAGE = st.fixed_dictionaries(
    {},
    optional={
        name: JSON
        for name in ("message_id", "date", "chat", "from", "text", "entities", "photo", "reply_to_message", "caption")
    },
)
JUNK = (
    b"\x00" * 100,
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: evil\r\n\r\n",
    b"POST /bot1:local/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\n{}{",
)
ALL = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ALL
@given(st.dictionaries(FIELDS, MESSAGE | JSON, max_size=3), st.integers(1, 2**40))
def test_any_update_is_read_or_passed_over(content: dict[str, Any], number: int) -> None:
    assert readable({**content, "update_id": number})["update_id"] == number


@ALL
@given(JSON)
def test_any_answer_of_the_bot_api_is_read(result: Any) -> None:
    UpdatesRequest.parse_json_payload(json.dumps({"ok": True, "result": result}).encode())


async def test_an_unreadable_update_does_not_stop_those_behind_it(
    small_bot: SmallBot, caplog: pytest.LogCaptureFixture
) -> None:
    small_bot.telegram.queue.push_raw({"message": {"message_id": "x", "text": "王总"}})
    await small_bot.says("在吗")
    assert small_bot.said() == ["第 1 个回答"]
    assert "cannot be read and is passed over" in caplog.text
    assert "王总" not in caplog.text


async def test_odd_messages_and_buttons_are_answered_without_a_trace(small_bot: SmallBot) -> None:
    """The same seeds every time; each is sent through the real application."""
    odd = [
        "\x00",
        "\u202e太贵了",
        "👨‍👩‍👧‍👦" * 300,
        '/intent{"a":"b"}',
        "／too_expensive",
        "'; drop table people; --",
        "<b>",
        "{}",
    ]
    sender = small_bot.telegram.world.person(small_bot.person)
    message = await small_bot.asks("太贵了", buttons=[("换一个", "/next")])
    for text in odd:
        await small_bot.says(text)
        query = {
            "id": f"9{odd.index(text)}",
            "from": sender,
            "message": message,
            "chat_instance": "1",
            "data": f"{text[:30]} /intent",
        }
        await small_bot.handled(small_bot.telegram.send_raw({"callback_query": query}))
    known = {texts()["empty"], texts()["too_long"], texts()["unknown_command"]}
    assert all(said in known or said.startswith("第 ") for said in small_bot.said())
    assert [text for _, text in small_bot.engine.asked if text.startswith("/")] == []


@ALL
@given(ODD)
def test_typed_words_never_reach_the_engine_as_a_payload(typed: str) -> None:
    words = plain_words(typed, "seed_coach_bot")
    assert not words.startswith(("/", "／"))
    assert not words.strip().startswith("/")


@ALL
@given(ODD | JSON.map(lambda value: f"/intent{json.dumps(value)}"))
def test_a_button_is_a_flat_payload_or_nothing(data: str) -> None:
    if is_payload(data):
        name, brace, entities = data.partition("{")
        assert name not in RASA_COMMANDS
        assert all(isinstance(value, str) for value in json.loads(brace + entities or "{}").values())


@ALL
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
@example(b"[" * 5000)
def test_any_bytes_as_json_lines_are_read_or_refused_in_one_line(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.jsonl"
        path.write_bytes(content)
        complaint = ""
        try:
            list(cli._rows(path, "text"))
        except cli.InputError as error:
            complaint = str(error)
        assert len(complaint.splitlines()) <= 1


async def test_any_bytes_at_the_local_server_get_a_plain_answer() -> None:
    server = LocalTelegram(token="1:local")
    port = await server.start()
    for junk in JUNK:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(junk)
        writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), 5)
        assert b"Traceback" not in answer
        assert b"root:" not in answer
        writer.close()
    await server.stop()


def test_an_update_in_a_library_s_complaint_is_left_out() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TokenFilter())
    logger = logging.getLogger("fuzz")
    logger.addHandler(handler)
    logger.critical("Error while parsing updates! Received data was %r", [{"text": "王总\n说太贵"}])
    logger.error('Can not load invalid JSON data: "%s"', '{"text": "王总')
    logger.removeHandler(handler)
    assert "王总" not in stream.getvalue()
    assert "Error while parsing updates!" in stream.getvalue()
