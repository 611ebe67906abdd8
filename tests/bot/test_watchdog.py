"""A loop that hangs: those who wait are told by another thread, and a dead one ends the process."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from bot.conversation import texts
from bot.engine import Reply
from bot.lanes import Lanes
from bot.watchdog import DEAD_S, Watchdog
from tests.bot.small_bot import SmallBot


@pytest.fixture
def lanes() -> Lanes:
    subject = Lanes("10000")
    subject.under_way = {1: 1001, 2: 1002}
    return subject


def test_who_waits_is_told_once_while_the_loop_hangs(lanes: Lanes) -> None:
    told: list[int] = []
    watchdog, started = Watchdog(lanes, told.append), time.monotonic()
    watchdog.look(started + 1)
    assert told == []
    watchdog.look(started + 4)
    lanes.under_way[3] = 1003
    watchdog.look(started + 5)
    assert told == [1001, 1002, 1003]


def test_a_dead_loop_ends_the_process(lanes: Lanes, caplog: pytest.LogCaptureFixture) -> None:
    ended: list[bool] = []
    watchdog, started = Watchdog(lanes, lambda chat: None, lambda: ended.append(True)), time.monotonic()
    watchdog.look(started + DEAD_S - 1)
    assert ended == []
    watchdog.look(started + DEAD_S + 1)
    assert ended == [True]
    assert "the inbox is kept" in caplog.text


async def test_the_sentence_arrives_while_the_loop_stands_still(small_bot: SmallBot) -> None:
    """The bot runs on a loop of its own here, and its engine stops that loop until the sentence has arrived."""
    await small_bot.stop_application()
    seen, done, ended = threading.Event(), threading.Event(), threading.Event()
    answer = small_bot.engine.answer

    async def standing_still(sender_id: str, text: str) -> list[Reply]:
        assert seen.wait(20), "nobody was told"
        return await answer(sender_id, text)

    small_bot.engine.answer = standing_still  # type: ignore[method-assign]

    async def serve() -> None:
        await small_bot.start_application()
        await asyncio.to_thread(done.wait, 20)
        await small_bot.stop_application()

    thread = threading.Thread(target=lambda: (asyncio.run(serve()), ended.set()))
    thread.start()
    small_bot.telegram.send_text(small_bot.person, "太贵了")
    (message,) = await small_bot.telegram.wait_for(small_bot.person, timeout_s=20)
    assert message["text"] == texts()["slow"]
    seen.set()
    await small_bot.telegram.wait_for(small_bot.person, 2, timeout_s=20)
    done.set()
    await asyncio.to_thread(ended.wait, 20)
    assert small_bot.said() == [texts()["slow"], "第 1 个回答"]
