"""How many facts the coach's answers hold, and whether it declines what the material does not say; `make bench-ask`.

    .venv/bin/python -m benchmarks.answers FILE [--errors]

FILE has JSON lines: {"q": "…", "must": [["fact", "the same in other words"], …]} for a question that the material
answers, {"q": "…", "unanswerable": true} for one that it does not. A fact is found where one of its wordings stands
in the reply, all pages joined.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.batch import whole_answer
from bot.engine import EmbeddedEngine, Reply
from dialogues.training import train
from store.database import PATH_VARIABLE


@dataclass(frozen=True)
class Result:
    """One question and what came of it; `found` tells of each fact whether the reply holds it."""

    question: str
    answerable: bool
    replies: tuple[Reply, ...]
    found: tuple[bool, ...]

    @property
    def answered(self) -> bool:
        return all(reply.answered for reply in self.replies)

    @property
    def has_source(self) -> bool:
        return any(reply.sources for reply in self.replies)


async def measure(rows: list[dict[str, Any]]) -> list[Result]:
    """Ask every question as a new person."""
    engine = EmbeddedEngine.load(train())
    results = []
    for number, row in enumerate(rows):
        replies = tuple(await whole_answer(engine, f"bench-{number}", row["q"]))
        text = "\n".join(reply.text for reply in replies)
        found = tuple(any(wording in text for wording in fact) for fact in row.get("must", ()))
        results.append(Result(row["q"], not row.get("unanswerable"), replies, found))
    return results


def show(results: list[Result], errors: bool) -> None:
    """Print one figure a line; with `errors` every question that went wrong before them."""
    answerable = [result for result in results if result.answerable]
    others = [result for result in results if not result.answerable]
    if errors:
        for result in results:
            _show_error(result)
    facts = [fact for result in answerable for fact in result.found]
    _figure("facts found", sum(facts), len(facts))
    _figure("whole answers", sum(all(result.found) for result in answerable), len(answerable))
    _figure("unanswerable declined", sum(not result.answered for result in others), len(others))
    _figure("answerable refused", sum(not result.answered for result in answerable), len(answerable))
    answers = [result for result in answerable if result.answered]
    _figure("answers with a source", sum(result.has_source for result in answers), len(answers))
    lengths = [len(result.replies[0].text) for result in answers]
    print(f"{'characters on the first page':30} median {statistics.median(lengths):.0f}" if lengths else "no answer")


def _show_error(result: Result) -> None:
    if result.answerable and (not result.answered or not all(result.found)):
        print(f"{result.question}\n    {sum(result.found)} of {len(result.found)} facts: {_opening(result)}")
    elif not result.answerable and result.answered:
        print(f"{result.question}\n    answered: {_opening(result)}")


def _opening(result: Result) -> str:
    return result.replies[0].text[:60].replace("\n", " ")


def _figure(name: str, count: int, total: int) -> None:
    if total:
        print(f"{name:30} {count / total:.3f}   ({count} of {total})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the questions that went wrong")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        os.environ[PATH_VARIABLE] = str(Path(folder) / "bench.db")
        show(asyncio.run(measure(lines)), options.errors)
