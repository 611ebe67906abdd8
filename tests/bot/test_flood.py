"""One person cannot keep the others waiting."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.conversation import texts
from bot.handlers.flood import BURST, PER_SECOND, Bucket
from tests.admitting import admit
from tests.bot.small_bot import SmallBot

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


def test_a_burst_then_a_pace() -> None:
    bucket = Bucket(NOW)
    assert sum(bucket.take(NOW) for _ in range(100)) == BURST
    later = NOW + timedelta(seconds=5)
    assert sum(bucket.take(later) for _ in range(100)) == 5 * PER_SECOND


def test_a_clock_that_jumps_gives_one_burst_and_no_lock_out() -> None:
    bucket = Bucket(NOW)
    ahead = NOW + timedelta(days=365)
    assert sum(bucket.take(ahead) for _ in range(100)) == BURST
    assert not bucket.take(NOW)
    assert sum(bucket.take(NOW + timedelta(seconds=1)) for _ in range(100)) == PER_SECOND


async def test_who_floods_is_told_once_and_the_others_are_served(small_bot: SmallBot) -> None:
    other = small_bot.person + 500_000
    small_bot.telegram.add_person(other, "老周")
    admit(other, "老周")
    updates = [small_bot.telegram.send_text(small_bot.person, "刷屏") for _ in range(60)]
    await small_bot.handled(small_bot.telegram.send_text(other, "在吗"))
    assert [m["text"][:1] for m in small_bot.telegram.messages(other) if m["from"]["is_bot"]] == ["第"]
    for update in updates:
        await small_bot.handled(update)
    said = small_bot.said()
    assert BURST <= len(said) - said.count(texts()["too_fast"]) < 50
    assert said.count(texts()["too_fast"]) >= 1
