"""The whole table of speed, memory and training beside a stock Rasa assistant, in one run; `make bench`.

    .venv/bin/python -m benchmarks.replies [--messages 5000] [--rate 80] [--write]
        [--no-stock] [--no-large] [--no-training]

With --write the table goes into `docs/performance.md`. The stock assistant takes some minutes to train.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path

from benchmarks import progress_queries
from benchmarks.assistants import FIRST_PERSON, ROOT, Assistant, Product, Stock
from nlu.check import HELD_OUT, sentences
from nlu.registry import registry

EARLY, LATE, SAMPLE = 10, 2000, 100
PEOPLE, SECONDS = 200, 30
PARALLEL = 8
DOCUMENT, BEGIN, END = ROOT / "docs" / "performance.md", "<!-- make bench -->\n", "<!-- end -->\n"


# Row → target; the order of the table.
ROWS = {
    "update → reply, one person, p50, ms": "≤ 12",
    "update → reply, one person, p95, ms": "≤ 25",
    f"p50 at message {LATE:,}, ms": "",
    f"the same over that at message {EARLY}": "≤ 1.15",
    f"messages a second sustained, {PEOPLE} people": "≥ 80",
    "of these p95, ms": "≤ 1,000",
    "of these lost": "0",
    "start of the process to first reply, s": "≤ 15",
    "memory after the start, MB": "",
    "memory after all messages, MB": "≤ 800",
    "messages until then": "",
    "growth over the second half of them, MB": "0",
    "`/progress`, 10,000 people, a million answers, ms": "≤ 300",
    "`/team` of 300, the same, ms": "≤ 300",
    "search, ms": "≤ 300",
    "training the model, s": "≤ 90",
}
# Of these a quotient says nothing.
COUNTS = ("of these lost", "messages until then", "growth over the second half of them, MB")


@lru_cache(maxsize=1)
def texts() -> list[str]:
    """What is asked: held-out sentences that get one message as a reply; different ones, for some answers are kept."""
    asked = {*registry().objections, "ask_technique", "report_signal", "describe_customer"}
    found = [sentence.text for sentence in sentences(HELD_OUT) if sentence.base in asked and "+" not in sentence.intent]
    random.Random(1).shuffle(found)
    return found


async def measure(assistant: Assistant, messages: int, rate: float) -> dict[str, float]:
    """All that concerns replies, of a running assistant; row → figure."""
    await assistant.start(texts()[0])
    start_mb = assistant.memory_mb()
    one = FIRST_PERSON + PEOPLE
    await _one_after_another(assistant, one, EARLY)
    early = await _one_after_another(assistant, one, SAMPLE)
    await _one_after_another(assistant, one, LATE - EARLY - SAMPLE)
    late = await _one_after_another(assistant, one, SAMPLE)
    many, lost, took_s = await _at_a_rate(assistant, rate)
    asked = EARLY + 2 * SAMPLE + (LATE - EARLY - SAMPLE) + len(many) + lost
    await _side_by_side(assistant, max(0, messages // 2 - asked))
    half_mb = assistant.memory_mb()
    await _side_by_side(assistant, max(0, messages - max(asked, messages // 2)))
    figures = (
        statistics.median(early),
        _p95(early),
        statistics.median(late),
        statistics.median(late) / statistics.median(early),
        len(many) / took_s,
        _p95(many),
        lost,
        assistant.started_s,
        start_mb,
        assistant.memory_mb(),
        max(asked, messages),
        assistant.memory_mb() - half_mb,
    )
    return dict(zip(ROWS, figures, strict=False))


async def _one_after_another(assistant: Assistant, person: int, count: int) -> list[float]:
    """Milliseconds of each of one person's messages."""
    return [await _timed(assistant, person, text) for text in islice(cycle(texts()), count)]


async def _at_a_rate(assistant: Assistant, rate: float) -> tuple[list[float], int, float]:
    """Messages of many people at even distances, answered or not; milliseconds each, how many lost, seconds in all."""
    started, tasks = time.perf_counter(), []
    for number, text in enumerate(islice(cycle(texts()), int(rate * SECONDS))):
        await asyncio.sleep(started + number / rate - time.perf_counter())
        tasks.append(asyncio.create_task(_timed(assistant, FIRST_PERSON + number % PEOPLE, text)))
    taken = await asyncio.gather(*tasks)
    answered = [each for each in taken if each >= 0]
    return answered, len(taken) - len(answered), time.perf_counter() - started


async def _side_by_side(assistant: Assistant, count: int) -> None:
    """So many messages of several people, each waiting for the answers."""

    async def talk(person: int) -> None:
        await _one_after_another(assistant, person, count // PARALLEL)

    await asyncio.gather(*(talk(FIRST_PERSON + number) for number in range(PARALLEL)))


async def _timed(assistant: Assistant, person: int, text: str) -> float:
    """Milliseconds until the reply; -1 where none came."""
    started = time.perf_counter()
    answered = await assistant.ask(person, text)
    return (time.perf_counter() - started) * 1000 if answered else -1


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def large_database() -> dict[str, float]:
    """How long the questions of ten thousand people's coach take; two minutes of writing before."""
    slowest = progress_queries.slowest_screens()
    return {row: slowest[name] for row, name in zip(list(ROWS)[12:15], ("/progress", "/team", "search"), strict=True)}


def training_s() -> float:
    """Everything anew, as after a change to each part."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "dialogues.training", "--force"], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def table(here: dict[str, float], stock: dict[str, float]) -> str:
    """The rows that were measured, as Markdown."""
    lines = ["| what | here | stock | ratio | target |", "|---|---|---|---|---|"]
    for row, target in ROWS.items():
        if row in here:
            ratio = f"{here[row] / stock[row]:.2f}" if stock.get(row) and row not in COUNTS else ""
            lines.append(f"| {row} | {_short(here[row])} | {_short(stock.get(row))} | {ratio} | {target} |")
    return "\n".join(lines) + "\n"


def _short(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:.2f}"


def written(document: str, new: str) -> str:
    """The document with another table between its two marks."""
    before, rest = document.split(BEGIN)
    return before + BEGIN + new + END + rest.split(END)[1]


async def main(options: argparse.Namespace) -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here = await _measured(Product(folder, PEOPLE + 1), options)
        stock = {}
        if not options.no_stock:
            assistant = Stock(folder / "stock")
            stock = await _measured(assistant, options) | {"training the model, s": assistant.trained_s}
    if not options.no_large:
        here |= large_database()
    if not options.no_training:
        here["training the model, s"] = training_s()
    print(table(here, stock))
    if options.write:
        document = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(written(document, table(here, stock)), encoding="utf-8")


async def _measured(assistant: Assistant, options: argparse.Namespace) -> dict[str, float]:
    try:
        return await measure(assistant, options.messages, options.rate)
    finally:
        await assistant.stop()


def parsed(arguments: Iterable[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=5000, help="before memory is read again")
    parser.add_argument("--rate", type=float, default=80, help=f"messages a second of {PEOPLE} people")
    parser.add_argument("--no-stock", action="store_true", help="the product alone")
    parser.add_argument("--no-large", action="store_true", help="without the database of a million answers")
    parser.add_argument("--no-training", action="store_true", help="keep the model as it is")
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCUMENT.name}")
    return parser.parse_args(list(arguments) if arguments is not None else None)


if __name__ == "__main__":
    asyncio.run(main(parsed()))
