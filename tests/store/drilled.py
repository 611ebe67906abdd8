"""Drills of the past, as the store keeps them, for tests about what they add up to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from store import attempts, drills
from store.attempts import CHECK, FAULT, Attempt, Check, Standing

MINUTE = timedelta(minutes=1)


def drilled(
    database: Database,
    person: str,
    objection: str,
    totals: list[int | None],
    now: datetime,
    verdicts: dict[str, str] | None = None,
    scenario: str = "some_customer",
) -> int:
    """One finished drill with an answer for each total (None: could not be scored); returns its number."""
    drill = drills.start(database, person, scenario, 1, {}, now)
    checks = tuple(Check(name, CHECK, verdict, 1, 1) for name, verdict in (verdicts or {}).items())
    for turn, total in enumerate(totals, start=1):
        attempt = Attempt(
            turn=turn,
            scenario=scenario,
            objection=objection,
            style="driver",
            industry="装修",
            level=1,
            total=total,
            unscorable=None if total is not None else "too_short",
            reaction="softens",
            before={},
            words={"answer": "…"},
            checks=(*checks, Check("pushy", FAULT, "yes", -5, 0)) if total is not None else (),
        )
        ended = Standing({}, "agrees", totals[-1]) if turn == len(totals) else Standing({}, drills.RUNNING)
        attempts.record(database, drill, attempt, ended, now + turn * MINUTE)
    return drill.id
