"""Answers given in drills: what they were worth, check by check, and, sealed, the words.

One row of `attempts` is one answer; `counts` is 0 once it was tried again. `attempt_checks` holds a row for each check
and each fault, so that progress and team pictures are plain SQL:

    select a.objection, c.check_id, avg(c.points / c.max_points)
    from attempt_checks c join attempts a on a.id = c.attempt_id
    where a.person_id = ? and a.counts = 1 and c.kind = 'check' group by 1, 2
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store import schedule, secrets
from store.drills import Drill
from store.people import person_of

CHECK, FAULT = "check", "fault"
# The check that faults are charged to.
CONDUCT = "conduct"


@dataclass(frozen=True)
class Check:
    """A check or a fault of one answer, without words; `verdict` is yes, partly or no."""

    id: str
    kind: str
    verdict: str
    points: float
    max_points: float


@dataclass(frozen=True)
class Attempt:
    """One answer as it comes from the conversation; `words` (customer, answer, reply, evidence) are sealed at rest.

    `turn` counts from 1; `before` is the engine's state ahead of it; `total` is None where nothing could be scored.
    """

    turn: int
    scenario: str
    objection: str
    style: str
    industry: str
    level: int
    total: int | None
    unscorable: str | None
    reaction: str
    before: Mapping[str, Any]
    words: Mapping[str, Any]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where the talk stands after an answer: the engine's state, the drill's status, its total once it is over."""

    state: Mapping[str, Any]
    status: str
    total: int | None = None


@dataclass(frozen=True)
class Kept:
    """One answer as it was kept; `words` are empty after the person had them deleted."""

    id: int
    drill: int
    turn: int
    objection: str
    total: int | None
    before: dict[str, Any]
    words: dict[str, Any]


def record(database: Database, drill: Drill, attempt: Attempt, after: Standing, now: datetime) -> int:
    """Keep an answer, where the talk stands after it and when its checks come back: all or nothing.

    Returns:
        The attempt's id.
    """
    with database.atomic():
        tries = _one(
            database, "select count(*) from attempts where drill_id = ? and turn = ?", [drill.id, attempt.turn]
        )
        made = int(str(database.table("attempts").insert(_row(drill, attempt, tries + 1, now)).last_pk))
        database.table("attempt_checks").insert_all(_check_row(made, check) for check in attempt.checks)
        database.execute(
            "update drills set state = ?, status = ?, total = ?, updated_at = ? where id = ?",
            [json.dumps(after.state, ensure_ascii=False), after.status, after.total, now.isoformat(), drill.id],
        )
        verdicts = {check.id: check.verdict for check in attempt.checks if check.kind == CHECK}
        schedule.rate_checks(database, person_of(drill.sender_id), attempt.objection, verdicts, now)
    return made


def of_drill(database: Database, drill_id: int) -> list[Kept]:
    """The answers of a drill that count, in their order."""
    sql = "select * from attempts where drill_id = ? and counts = 1 order by turn"
    return [_kept(row) for row in database.query(sql, [drill_id])]


def get(database: Database, person_id: str, attempt_id: int) -> Kept | None:
    """One answer of a person, given in a drill; None where it does not exist or is somebody else's."""
    sql = "select * from attempts where id = ? and person_id = ? and drill_id is not null"
    return next((_kept(row) for row in database.query(sql, [attempt_id, person_id])), None)


def before_that(database: Database, drill_id: int, turn: int) -> int | None:
    """The total of the latest earlier try of this turn; None where there is none, or nothing was scored."""
    sql = """select total from attempts where drill_id = ? and turn = ? and counts = 0 order by "try" desc limit 1"""
    return next((row["total"] for row in database.query(sql, [drill_id, turn])), None)


def rounds(database: Database, person_id: str) -> int:
    """How many answers a person has given in drills."""
    return _one(database, "select count(*) from attempts where person_id = ?", [person_id])


def least_practised(database: Database, person_id: str, objections: Sequence[str]) -> str:
    """The objection of the list with the fewest answers so far; the earlier one where several are equal."""
    sql = "select objection, count(*) as n from attempts where person_id = ? group by objection"
    counts = {row["objection"]: row["n"] for row in database.query(sql, [person_id])}
    return min(objections, key=lambda objection: counts.get(objection, 0))


def overrule(database: Database, attempt_id: int, check_id: str, verdict: str, share: float) -> None:
    """Put a manager's verdict in the place of the scorer's; the total follows.

    A check gets this `share` of its full points. Of what a fault cost, the `share` stays and the rest comes back to
    the conduct.
    """
    checks = checks_of(database, attempt_id)
    check = checks[check_id]
    points = share * (check.max_points if check.kind == CHECK else check.points)
    with database.atomic():
        _set_points(database, attempt_id, check_id, points, verdict)
        if check.kind == FAULT:
            conduct = checks[CONDUCT]
            back = points - check.points
            mended = "yes" if conduct.points + back >= conduct.max_points else conduct.verdict
            _set_points(database, attempt_id, CONDUCT, conduct.points + back, mended)
        database.execute(
            """update attempts set total = (
                 select max(0, min(100, cast(round(sum(points)) as integer))) from attempt_checks
                 where attempt_id = attempts.id and kind = 'check') where id = ?""",
            [attempt_id],
        )


def _set_points(database: Database, attempt_id: int, check_id: str, points: float, verdict: str) -> None:
    database.execute(
        "update attempt_checks set points = ?, verdict = ? where attempt_id = ? and check_id = ?",
        [points, verdict, attempt_id, check_id],
    )


def checks_of(database: Database, attempt_id: int) -> dict[str, Check]:
    """Checks and faults of an answer as they stand now, by id."""
    rows = database.query("select * from attempt_checks where attempt_id = ?", [attempt_id])
    return {
        row["check_id"]: Check(row["check_id"], row["kind"], row["verdict"], row["points"], row["max_points"])
        for row in rows
    }


def forget_words(database: Database, person_id: str) -> None:
    """Delete what a person wrote in drills; the numbers stay (`store/personal.py` deletes those as well)."""
    with database.atomic():
        database.execute("update attempts set words = null where person_id = ?", [person_id])
        database.execute("update drills set shown = null where person_id = ?", [person_id])


def _row(drill: Drill, attempt: Attempt, tries: int, now: datetime) -> dict[str, Any]:
    return {
        "drill_id": drill.id,
        "person_id": person_of(drill.sender_id),
        "turn": attempt.turn,
        "try": tries,
        "counts": 1,
        "scenario": attempt.scenario,
        "objection": attempt.objection,
        "style": attempt.style,
        "industry": attempt.industry,
        "level": attempt.level,
        "total": attempt.total,
        "unscorable": attempt.unscorable,
        "reaction": attempt.reaction,
        "before": json.dumps(attempt.before, ensure_ascii=False),
        "words": secrets.seal(json.dumps(attempt.words, ensure_ascii=False)),
        "answered_at": now.isoformat(),
    }


def _check_row(attempt_id: int, check: Check) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "check_id": check.id,
        "kind": check.kind,
        "verdict": check.verdict,
        "points": check.points,
        "max_points": check.max_points,
    }


def _kept(row: dict[str, Any]) -> Kept:
    words = json.loads(secrets.unseal(row["words"])) if row["words"] else {}
    before = json.loads(row["before"])
    return Kept(row["id"], row["drill_id"], row["turn"], row["objection"], row["total"], before, words)


def _one(database: Database, sql: str, values: Sequence[Any]) -> int:
    return int(database.execute(sql, values).fetchone()[0])
