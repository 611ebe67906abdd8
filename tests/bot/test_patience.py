"""What Telegram may not have got is sent again: an answer always, other messages only if they surely did not arrive."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.localchat.faults import Faults
from bot.patience import ONCE, PatientLimiter
from tests.bot.small_bot import SmallBot

FAULTS: dict[str, Callable[[Faults], None]] = {
    "server error": lambda faults: faults.fail("sendMessage", times=2, code=500),
    "too many": lambda faults: faults.fail("sendMessage", code=429, retry_after=1),
    "connection refused": lambda faults: faults.refuse("sendMessage", times=2),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_that_did_not_arrive_is_sent_until_it_does(small_bot: SmallBot, fault: str) -> None:
    FAULTS[fault](small_bot.telegram.faults)
    await small_bot.says("太贵了")
    assert small_bot.said() == ["第 1 个回答"]


async def test_an_answer_in_doubt_is_sent_twice_rather_than_never(small_bot: SmallBot) -> None:
    small_bot.telegram.faults.lose_reply("sendMessage")
    await small_bot.says("太贵了")
    assert small_bot.said() == ["第 1 个回答"] * 2
    assert len(small_bot.engine.asked) == 1


async def test_a_confirmation_of_a_button_that_is_lost_does_not_hold_up_the_answer(small_bot: SmallBot) -> None:
    message = await small_bot.asks("太贵了", buttons=[("换一个", "/next")])
    small_bot.telegram.faults.fail("answerCallbackQuery", code=502)
    await small_bot.presses(message["message_id"], "换一个")
    assert small_bot.said()[-1] == "第 2 个回答"
    assert len(small_bot.telegram.calls_of("answerCallbackQuery")) == 1


class Calls:
    """Fails with each of the errors in turn, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.made = 0

    async def __call__(self) -> bool:
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)
        return True


def because(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


async def carried_out(calls: Calls, kind: int | None = None) -> bool:
    limiter = PatientLimiter(first_pause_s=0)
    return await limiter.process_request(calls, (), {}, "sendMessage", {}, kind)


@pytest.mark.parametrize("error", [TimedOut(), because(NetworkError("cut"), httpx.ReadError("cut"))])
async def test_what_nobody_asked_for_is_not_repeated_in_doubt(error: Exception) -> None:
    calls = Calls(error)
    with pytest.raises(NetworkError):
        await carried_out(calls, ONCE)
    assert calls.made == 1


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("Bad Gateway"),
        because(NetworkError("refused"), httpx.ConnectError("refused")),
        because(TimedOut("Pool timeout"), httpx.PoolTimeout("full")),
    ],
)
async def test_what_surely_did_not_arrive_is_repeated_always(error: Exception) -> None:
    calls = Calls(error)
    assert await carried_out(calls, ONCE)
    assert calls.made == 2


async def test_what_telegram_refuses_is_not_repeated() -> None:
    calls = Calls(BadRequest("chat not found"))
    with pytest.raises(BadRequest):
        await carried_out(calls)
    assert calls.made == 1


async def test_patience_outlasts_any_number_of_failures() -> None:
    calls = Calls(*[TimedOut()] * 50)
    assert await carried_out(calls)


async def test_a_message_that_fails_while_others_pass_is_at_fault_itself() -> None:
    limiter = PatientLimiter(first_pause_s=0)

    class Poison(Calls):
        async def __call__(self) -> bool:
            if self.made % 2:
                await limiter.process_request(Calls(), (), {}, "sendMessage", {}, None)
            return await super().__call__()

    calls = Poison(*[NetworkError("Internal Server Error")] * 50)
    with pytest.raises(NetworkError):
        await limiter.process_request(calls, (), {}, "sendMessage", {}, None)
    assert calls.made < 10
