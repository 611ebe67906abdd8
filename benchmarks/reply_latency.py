"""Milliseconds a reply, embedded, one person at a time; run by `make bench`.

.venv/bin/python -m benchmarks.reply_latency
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from dialogues.quiet import quietly
from dialogues.training import train
from store.database import PATH_VARIABLE

TEXTS = ("太贵了", "换一个", "他是老虎型的", "客户说要回去跟老婆商量", "拆散法怎么用", "他突然开始问付款方式")
WARM_UP = 12
EARLY, LATE, SAMPLE = 10, 500, 60


async def measure() -> None:
    """Print one line a figure: p50 and p95 in milliseconds."""
    model = train()
    with quietly():
        from dialogues.embedded import EmbeddedRasa

        rasa = EmbeddedRasa(model)

    async def parse(text: str) -> None:
        await rasa.parse(text)

    def turn(sender: str) -> Callable[[str], Awaitable[None]]:
        async def answer(text: str) -> None:
            await rasa.answer(sender, text)

        return answer

    await _timed(parse, WARM_UP)
    _show("understanding one message", await _timed(parse, SAMPLE))
    await _timed(turn("one"), EARLY)
    early = await _timed(turn("one"), SAMPLE)
    await _timed(turn("one"), LATE - EARLY - SAMPLE)
    late = await _timed(turn("one"), SAMPLE)
    _show(f"whole turn from message {EARLY}", early)
    _show(f"whole turn from message {LATE}", late)
    print(f"{'late / early, p50':34} {statistics.median(late) / statistics.median(early):8.2f}")


async def _timed(step: Callable[[str], Awaitable[None]], count: int) -> list[float]:
    """Milliseconds of each of `count` steps, texts in turn."""
    taken = []
    for i in range(count):
        started = time.perf_counter()
        await step(TEXTS[i % len(TEXTS)])
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _show(name: str, taken: list[float]) -> None:
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{name:34} p50 {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ[PATH_VARIABLE] = str(Path(folder) / "bench.db")
        asyncio.run(measure())
    sys.exit(0)
