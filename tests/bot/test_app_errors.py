"""What goes wrong is told honestly to the person and, without token and words, to the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from sqlite_utils import Database

from bot.conversation import texts
from bot.engine import EngineUnavailable
from bot.log_filter import TokenFilter
from tests.admitting import admit
from tests.bot.small_bot import TOKEN, SmallBot

WORDS = "王总嫌我们家太贵了"


@pytest.fixture(autouse=True)
def log() -> Iterator[StringIO]:
    """Everything that is logged at INFO and above, as the product writes it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TokenFilter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def assert_discreet(log: StringIO) -> None:
    """Neither the token nor what the person wrote stands in the log."""
    assert TOKEN not in log.getvalue()
    assert TOKEN.partition(":")[2] not in log.getvalue()
    assert "王总" not in log.getvalue()


async def test_without_an_engine_the_person_is_told_so(small_bot: SmallBot, log: StringIO) -> None:
    small_bot.engine.error = EngineUnavailable("connection refused")
    await small_bot.says(WORDS)
    assert small_bot.said() == [texts()["unavailable"]]
    assert f"update from {small_bot.person} got no answer: connection refused" in log.getvalue()
    assert_discreet(log)


async def test_after_the_engine_is_back_all_is_well(small_bot: SmallBot) -> None:
    small_bot.engine.error = EngineUnavailable("away")
    await small_bot.says(WORDS)
    small_bot.engine.error = None
    await small_bot.says(WORDS)
    assert small_bot.said() == [texts()["unavailable"], "第 2 个回答"]


async def test_an_error_nobody_thought_of_is_told_too(small_bot: SmallBot, log: StringIO) -> None:
    small_bot.engine.error = RuntimeError("a fault in the code")
    await small_bot.says(WORDS)
    await small_bot.says("在吗")
    assert small_bot.said() == [texts()["unavailable"]] * 2
    assert len(small_bot.engine.asked) == 6, "each message is tried three times"
    assert "RuntimeError: a fault in the code" in log.getvalue()
    assert_discreet(log)


async def test_one_persons_failure_does_not_stop_another(small_bot: SmallBot) -> None:
    small_bot.engine.error = RuntimeError("a fault in the code")
    await small_bot.says(WORDS)
    small_bot.engine.error = None
    other = small_bot.person + 500_000
    small_bot.telegram.add_person(other, "老周")
    admit(other, "老周")
    await small_bot.handled(small_bot.telegram.send_text(other, "在吗"))
    assert [m["text"] for m in small_bot.telegram.messages(other) if m["from"]["is_bot"]] == ["第 4 个回答"]


async def test_a_person_who_blocked_the_bot_is_no_error(small_bot: SmallBot, log: StringIO, database: Database) -> None:
    update = small_bot.telegram.send_text(small_bot.person, WORDS)
    small_bot.telegram.block(small_bot.person)
    await small_bot.handled(update)
    assert small_bot.said() == []
    assert "a person has blocked the bot" in log.getvalue()
    assert "ERROR" not in log.getvalue()
    assert database["people"].count == 1
    assert_discreet(log)


async def test_a_message_that_telegram_slows_down_arrives_in_the_end(small_bot: SmallBot, log: StringIO) -> None:
    small_bot.telegram.faults.fail("sendMessage", code=429, retry_after=1)
    await small_bot.says(WORDS)
    assert small_bot.said() == ["第 1 个回答"]
    assert len(small_bot.telegram.calls_of("sendMessage")) == 2
    assert_discreet(log)


async def test_an_unreachable_telegram_is_a_warning_and_the_answer_arrives(small_bot: SmallBot, log: StringIO) -> None:
    small_bot.telegram.faults.fail("sendMessage", code=502)
    await small_bot.says(WORDS)
    assert small_bot.said() == ["第 1 个回答"]
    assert "WARNING bot.patience: sendMessage failed (NetworkError)" in log.getvalue()
    assert_discreet(log)


async def test_a_message_that_telegram_refuses_is_replaced_by_an_honest_one(small_bot: SmallBot, log: StringIO) -> None:
    small_bot.telegram.faults.fail("sendMessage", code=400, description="Bad Request: can't parse entities")
    await small_bot.says(WORDS)
    assert small_bot.said() == [texts()["unavailable"]]
    assert_discreet(log)


async def test_a_button_too_big_for_telegram_is_told_as_a_failure(small_bot: SmallBot, log: StringIO) -> None:
    small_bot.engine.buttons = ()
    await small_bot.asks(WORDS, buttons=[("太长", "/" + "a" * 64)])
    assert small_bot.said() == [texts()["unavailable"]]
    assert "carries 65 bytes" in log.getvalue()
    assert_discreet(log)


async def test_an_unknown_command_never_reaches_the_engine(small_bot: SmallBot) -> None:
    await small_bot.says("/too_expensive")
    await small_bot.says("/nothing_of_ours")
    assert small_bot.engine.asked == []
    assert small_bot.said() == [texts()["unknown_command"]] * 2


@pytest.mark.parametrize("typed", ["／start_drill", "/ /start_drill", "  / / /cancel"])
async def test_what_is_typed_reaches_the_engine_without_leading_slashes(small_bot: SmallBot, typed: str) -> None:
    await small_bot.says(typed)
    assert [text for _, text in small_bot.engine.asked if text[:1] in {"/", "／"}] == []


async def test_nothing_but_slashes_is_empty(small_bot: SmallBot) -> None:
    await small_bot.handled(small_bot.telegram.send_text(small_bot.person, "// "))
    assert small_bot.said() == [texts()["empty"]]
    assert small_bot.engine.asked == []
