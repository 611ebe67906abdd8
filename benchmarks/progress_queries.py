"""How long the numbers behind `/progress` and a team picture take on a large database; `make bench-progress`.

    .venv/bin/python -m benchmarks.progress_queries [PEOPLE]

Makes a database of PEOPLE (10,000) with 100 scored answers each, every answer with seven checks: a million answers and
a gigabyte at the full size, two minutes of writing. Prints the median of five runs of each question, in milliseconds.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from dialogues.search import search
from knowledge.learning.data import learning, skills
from knowledge.loader import knowledge
from store import history, progress
from store.database import open_database

NOW = datetime(2026, 6, 1, tzinfo=timezone.utc)
DRILLS, ANSWERS, RUNS = 25, 4, 5
VERDICTS = ("yes", "partly", "no")
Row = dict[str, Any]


def fill(database: Database, people: int) -> None:
    """Write the drills of all people, person by person."""
    rng = random.Random(1)
    for person in range(people):
        drills, attempts, checks = _rows(str(person), person * DRILLS, rng)
        with database.atomic():
            database.table("drills").insert_all(drills)
            database.table("attempts").insert_all(attempts)
            database.table("attempt_checks").insert_all(checks)


def _rows(person: str, first: int, rng: random.Random) -> tuple[list[Row], list[Row], list[Row]]:
    drills, attempts, checks = [], [], []
    for number in range(first + 1, first + 1 + DRILLS):
        start = NOW - timedelta(days=4 * (first + DRILLS - number), hours=1)
        drills.append(_drill(number, person, start, rng))
        for turn in range(1, ANSWERS + 1):
            attempts.append(_attempt(number * ANSWERS + turn, number, person, turn, start, rng))
            checks.extend(_checks(number * ANSWERS + turn, rng))
    return drills, attempts, checks


def _drill(number: int, person: str, start: datetime, rng: random.Random) -> Row:
    times = {"started_at": start.isoformat(), "updated_at": start.isoformat()}
    owner = {"sender_id": person, "person_id": person}
    return {"id": number, **owner, **times, "scenario": "s", "level": 1, "state": "{}", "status": "agrees",
            "total": rng.randrange(101)}  # fmt: skip


def _attempt(number: int, drill: int, person: str, turn: int, start: datetime, rng: random.Random) -> Row:
    objection = rng.choice(list(knowledge().objections))
    at = (start + timedelta(minutes=turn)).isoformat()
    return {"id": number, "drill_id": drill, "person_id": person, "turn": turn, "try": 1, "counts": 1,
            "objection": objection, "total": rng.randrange(101), "answered_at": at}  # fmt: skip


def _checks(attempt: int, rng: random.Random) -> Iterator[Row]:
    for check in skills():
        yield {"attempt_id": attempt, "check_id": check, "kind": "check", "verdict": rng.choice(VERDICTS),
               "points": rng.random() * 10, "max_points": 10}  # fmt: skip


def questions(database: Database, people: list[str]) -> dict[str, Callable[[], object]]:
    """Name → what `/progress` or a team picture asks of so many people."""
    numbers, month = learning(), NOW - timedelta(days=30)
    return {
        "mastery of objections": lambda: progress.by_objection(database, people, numbers.objection_answers),
        "mastery of skills": lambda: progress.by_check(database, people, numbers.skill_answers),
        "most missed in 30 days": lambda: progress.most_missed(database, people, month, 5),
        "days of practice": lambda: progress.practised_days(database, people, month, timezone.utc),
        "drills": lambda: progress.drills(database, people),
    }


def median_ms(question: Callable[[], object]) -> float:
    """The median of the runs."""
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        question()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def slowest_screens(people: int = 10_000) -> dict[str, float]:
    """Milliseconds of what `/progress`, `/team` of 300 people and a search ask, on the full size."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "large.db")
        fill(database, people)
        team = [str(number) for number in range(min(300, people))]
        screens = {"/progress": team[:1], "/team": team}
        took = {name: sum(map(median_ms, questions(database, who).values())) for name, who in screens.items()}
        words = itertools.count()
        return took | {"search": median_ms(lambda: search().find(f"客户嫌贵怎么办 {next(words)}"))}


def main(people: int = 10_000) -> None:
    """Fill, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "large.db")
        fill(database, people)
        print(f"{database.table('attempts').count:,} answers, {database.table('attempt_checks').count:,} checks")
        for size in (1, 30, 300):
            some = [str(number) for number in random.Random(2).sample(range(people), min(size, people))]
            for name, question in questions(database, some).items():
                print(f"{size:>4} people  {name:<24} {median_ms(question):7.1f} ms")
        page = median_ms(lambda: history.page(database, "0", learning().history_page, 0))
        print(f"   1 people  {'a page of the history':<24} {page:7.1f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
