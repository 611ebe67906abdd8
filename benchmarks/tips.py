"""A tip to many at Telegram's pace while people ask questions; run by `make bench-tips`.

.venv/bin/python -m benchmarks.tips 1000     # so many receivers
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

from bot import app, broadcast
from bot.__main__ import start_polling
from bot.engine import Reply
from bot.localchat import LocalTelegram
from bot.localchat.rate import RateLimits
from store import deliveries, own_tips, people, plans, preferences
from store.clock import utc_now
from store.database import PATH_VARIABLE, database
from store.plan_times import Rhythm
from store.receivers import ROLE, Audience

TOKEN = "10000:token-of-the-benchmark-000000000000"
FIRST, MANAGER, ASKER = 100_001, 1, 2
QUESTION_EVERY_S = 1.0
PER_SECOND = RateLimits().overall_per_second


class Echo:
    """Answers at once: what is measured is the sending, not the understanding."""

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        return [Reply("回答")]

    async def close(self) -> None:
        return None


async def measure(count: int) -> None:
    """Print how long the tip took, how much of it failed, and what the one who asks meanwhile waits."""
    telegram = LocalTelegram(token=TOKEN, rate_limits=RateLimits())
    async with AsyncExitStack() as stack:
        await telegram.start(port=0)
        stack.push_async_callback(telegram.stop)
        for number in (MANAGER, ASKER, *range(FIRST, FIRST + count)):
            _admit(telegram, number)
        application = app.build(TOKEN, Echo(), telegram.base_url, telegram.base_file_url)
        await start_polling(application, stack)
        plan_id = _confirmed_plan(application.bot.id)
        plan = plans.get(database(), plan_id)
        assert plan is not None
        sender = broadcast.of(application)
        sender.begin(plan, utc_now())
        sender.tick(utc_now())
        waited_ms = await _ask_until_done(telegram, plan_id)
        refused = sum(call.error is not None for call in telegram.calls_of("sendMessage"))
        print(f"{refused} messages refused as too many")
        _show(count, _took_s(), deliveries.report(database(), plan_id), waited_ms)


def _admit(telegram: LocalTelegram, number: int) -> None:
    telegram.add_person(number, f"同事{number}")
    role = people.ADMIN if number == MANAGER else people.MANAGER if number == ASKER else people.REP
    people.admit(database(), str(number), f"同事{number}", role, utc_now())
    preferences.save(database(), str(number), preferences.Preferences(quiet_from=0, quiet_until=0))


def _confirmed_plan(bot_id: int) -> int:
    now = utc_now()
    tip = own_tips.write(database(), str(MANAGER), 0, "报价先拆开讲。", "", now)
    plan = plans.draft(database(), str(bot_id), str(MANAGER), Rhythm.NOW, now.date(), now)
    plans.change(database(), plan, tip=tip.key, audience=Audience(ROLE, people.REP))
    plans.confirm(database(), plan.id, now)
    return plan.id


async def _ask_until_done(telegram: LocalTelegram, plan_id: int) -> list[float]:
    """Milliseconds that each question waited for its answer."""
    waited: list[float] = []
    while deliveries.report(database(), plan_id).waiting:
        before = telegram.messages(ASKER)[-1:]
        asked = time.perf_counter()
        telegram.send_text(ASKER, "太贵了")
        await telegram.wait_for(ASKER, after=before[0]["message_id"] if before else 0, timeout_s=60)
        waited.append((time.perf_counter() - asked) * 1000)
        await asyncio.sleep(QUESTION_EVERY_S)
    return waited


def _took_s() -> float:
    """From the first message taken up to the last one marked."""
    [row] = database().query("select min(began_at) as began, max(ended_at) as ended from deliveries")
    return (datetime.fromisoformat(row["ended"]) - datetime.fromisoformat(row["began"])).total_seconds()


def _show(count: int, took_s: float, report: deliveries.Report, waited_ms: list[float]) -> None:
    ideal_s = count / PER_SECOND
    print(f"{count} receivers in {took_s:.1f} s: {took_s / ideal_s:.3f} of Telegram's limit ({ideal_s:.1f} s)")
    print(f"sent {report.sent}, failed {report.failed}, doubtful {report.doubtful}")
    p95 = statistics.quantiles(waited_ms, n=20)[-1] if len(waited_ms) > 1 else waited_ms[0]
    print(f"a question meanwhile: p50 {statistics.median(waited_ms):.0f} ms, p95 {p95:.0f} ms ({len(waited_ms)} asked)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ[PATH_VARIABLE] = str(Path(folder) / "tips.db")
        asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
