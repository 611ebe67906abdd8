"""The engine: Rasa's messages become replies; a Rasa server that fails is “unavailable”, whatever it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot import engine as engine_module
from bot import watchdog
from bot.engine import ABSENT, Button, EmbeddedEngine, EngineUnavailable, HttpEngine, Picture, Quiz, Reply, reply_from
from dialogues.actions import _reply


async def replies_to(messages: list[dict[str, Any]]) -> list[Reply]:
    """What the engine makes of Rasa's messages."""

    async def answer(sender_id: str, text: str) -> list[dict[str, Any]]:
        return messages

    return await EmbeddedEngine(answer).answer("1", "太贵了")


# Rasa's messages -------------------------------------------------------------------------------


async def test_a_message_with_buttons() -> None:
    buttons = [{"title": "换一招", "payload": "/next_technique"}]
    assert await replies_to([{"recipient_id": "1", "text": "好", "buttons": buttons}]) == [
        Reply("好", (Button("换一招", "/next_technique"),))
    ]


async def test_the_custom_part_joins_the_text_before_it() -> None:
    first, second = await replies_to(
        [
            {"text": "一"},
            {"custom": {"sources": "S0-33 S3-01"}},
            {"text": "二", "buttons": [{"title": "好", "payload": "/help"}]},
            {"custom": {"sources": [], "answered": False}},
        ]
    )
    assert first == Reply("一", sources=("S0-33", "S3-01"))
    assert second == Reply("二", (Button("好", "/help"),), answered=False)


async def test_a_picture_and_a_quiz_travel_in_the_custom_part() -> None:
    asked = {"question": "先做什么？", "options": ["降价", "提问"], "correct": 1, "explanation": "先问清楚。"}
    told = {"right": "/affirm", "wrong": "/deny"}
    drawn = {"kind": "progress", "alt": "练了 3 局", "data": {"days": [True]}}
    parts = [{"text": "一"}, {"custom": {"sources": "S0-33"}}, {"custom": {"picture": drawn}}]
    picture, quiz = await replies_to([*parts, {"text": "二"}, {"custom": {"quiz": {**asked, **told}}}])
    assert picture == Reply("一", sources=("S0-33",), picture=Picture("progress", "练了 3 局", {"days": [True]}))
    assert quiz.quiz == Quiz("先做什么？", ("降价", "提问"), 1, "先问清楚。", "/affirm", "/deny")


def test_without_polls_the_options_are_buttons() -> None:
    quiz = Quiz("先做什么？", ("降价", "提问", "沉默"), 1, "", "/affirm", "/deny")
    assert quiz.choices() == (Button("降价", "/deny"), Button("提问", "/affirm"), Button("沉默", "/deny"))


@pytest.mark.parametrize("sources", ["", None, []])
async def test_no_sources_are_none(sources: object) -> None:
    assert await replies_to([{"text": "一"}, {"custom": {"sources": sources}}]) == [Reply("一")]


async def test_lines_about_what_is_absent_are_left_out() -> None:
    text = f"「太贵了」\n⚖️ {ABSENT}\n👉 约时间  \n📖 {ABSENT}"
    assert await replies_to([{"text": text}]) == [Reply("「太贵了」\n👉 约时间")]


def test_actions_and_engine_agree_on_the_mark() -> None:
    assert _reply.ABSENT == ABSENT


@pytest.mark.parametrize("messages", [[], [{"custom": {"sources": ""}}], [{"text": ""}], [{"image": "a.png"}]])
async def test_a_turn_without_a_message_is_a_failure(messages: list[dict[str, Any]]) -> None:
    with pytest.raises(EngineUnavailable):
        await replies_to(messages)


# A Rasa server ---------------------------------------------------------------------------------


class RasaServer:
    """Answers the REST channel as a test orders."""

    def __init__(self) -> None:
        self.status = 200
        self.body = json.dumps([{"text": "好"}, {"custom": {"sources": "S0-33"}}])
        self.hangs = False
        self.closing = asyncio.Event()
        self.asked: list[dict[str, str]] = []
        sockets = bind_sockets(0, "127.0.0.1")
        self.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
        self.http = HTTPServer(Application([("/webhooks/rest/webhook", _Webhook, {"rasa": self})]))
        self.http.add_sockets(sockets)


class _Webhook(RequestHandler):
    def initialize(self, rasa: RasaServer) -> None:
        self._rasa = rasa

    async def post(self) -> None:
        self._rasa.asked.append(json.loads(self.request.body))
        if self._rasa.hangs:
            await self._rasa.closing.wait()
        self.set_status(self._rasa.status)
        self.finish(self._rasa.body)


@pytest.fixture
async def server() -> AsyncIterator[RasaServer]:
    rasa = RasaServer()
    yield rasa
    rasa.closing.set()
    rasa.http.stop()
    await rasa.http.close_all_connections()


@pytest.fixture
async def engine(server: RasaServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HttpEngine]:
    monkeypatch.setattr(engine_module, "TIMEOUT_S", 0.2)
    made = HttpEngine(server.url)
    yield made
    await made.close()


async def test_a_server_answers(server: RasaServer, engine: HttpEngine) -> None:
    assert await engine.answer("-5:700", "太贵了") == [Reply("好", sources=("S0-33",))]
    assert server.asked == [{"sender": "-5:700", "message": "太贵了"}]


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_an_error_of_the_server_is_unavailable(server: RasaServer, engine: HttpEngine, status: int) -> None:
    server.status = status
    with pytest.raises(EngineUnavailable):
        await engine.answer("1", "太贵了")


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", "{", "null", '{"error": "x"}', "[1]", '["text"]', '[{"text": 5}]']
)
async def test_garbage_is_unavailable(server: RasaServer, engine: HttpEngine, body: str) -> None:
    server.body = body
    with pytest.raises(EngineUnavailable):
        await engine.answer("1", "太贵了")


async def test_a_server_that_hangs_is_unavailable(server: RasaServer, engine: HttpEngine) -> None:
    server.hangs = True
    with pytest.raises(EngineUnavailable):
        await engine.answer("1", "太贵了")


async def test_a_server_that_is_away_is_unavailable(server: RasaServer, engine: HttpEngine) -> None:
    server.http.stop()
    await server.http.close_all_connections()
    with pytest.raises(EngineUnavailable):
        await engine.answer("1", "太贵了")


async def test_a_server_that_recovers_answers_again(server: RasaServer, engine: HttpEngine) -> None:
    server.status = 500
    with pytest.raises(EngineUnavailable):
        await engine.answer("1", "太贵了")
    server.status = 200
    assert await engine.answer("1", "太贵了")


async def test_the_error_does_not_tell_what_was_asked(server: RasaServer, engine: HttpEngine) -> None:
    server.status = 500
    with pytest.raises(EngineUnavailable) as caught:
        await engine.answer("1", "王总说太贵了")
    assert "王总" not in str(caught.value)


# What the inbox keeps ---------------------------------------------------------------------------


VALUES = st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()))
PICTURES = st.builds(Picture, kind=st.text(), alt=st.text(), data=VALUES)


@given(st.builds(Reply, text=st.text(), picture=st.none() | PICTURES))
def test_any_reply_comes_back_from_its_json(reply: Reply) -> None:
    assert reply_from(json.loads(json.dumps(asdict(reply)))) == reply


async def test_an_embedded_engine_that_hangs_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "TIMEOUT_S", 0.01)

    async def hanging(sender_id: str, text: str) -> list[dict[str, Any]]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(EngineUnavailable, match="no answer within"):
        await EmbeddedEngine(hanging).answer("1", "太贵了")


def test_a_person_waits_less_than_five_seconds_for_the_sentence() -> None:
    assert engine_module.TIMEOUT_S < 5
    assert watchdog.HANGS_S + watchdog.LOOK_EVERY_S < 5
