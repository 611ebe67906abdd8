"""What the drills of several people tell: mastery, who practised, who is stuck, which checks are missed.

Every function takes the ids of the people whom the asking manager may see (`people.visible_to`), and no others.
Mastery is the mean of the latest totals (0 to 100) of an objection.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

LATEST = 3  # totals that make a mastery
PASSED = 60  # below this after so many tries somebody is stuck
_PEOPLE = "(select value from json_each(:people))"


@dataclass(frozen=True)
class Cell:
    """One person and one objection; `answers` counts all that were scored."""

    person_id: str
    objection: str
    mastery: float
    answers: int


def cells(database: Database, person_ids: Sequence[str], until: datetime | None = None) -> list[Cell]:
    """Mastery of every objection that a person has practised (until that moment)."""
    sql = f"""select person_id, objection, avg(total) as mastery, max(n) as answers from (
                select person_id, objection, total,
                  row_number() over (partition by person_id, objection order by answered_at desc, id desc) as place,
                  count(*) over (partition by person_id, objection) as n
                from attempts
                where person_id in {_PEOPLE} and counts = 1 and total is not null and answered_at < :until)
              where place <= {LATEST} group by person_id, objection"""
    given = {"people": json.dumps(list(person_ids)), "until": until.isoformat() if until else "9"}
    return [Cell(**row) for row in database.query(sql, given)]


def stuck(found: Sequence[Cell]) -> list[Cell]:
    """Who has tried an objection often enough and still does not pass, the weakest first."""
    return sorted((c for c in found if c.answers >= LATEST and c.mastery < PASSED), key=lambda c: c.mastery)


def answers(database: Database, person_ids: Sequence[str], since: datetime) -> dict[str, int]:
    """How many answers each person has given in drills since then; who gave none is left out."""
    sql = f"""select person_id, count(*) as n from attempts
              where person_id in {_PEOPLE} and answered_at >= :since group by person_id"""
    given = {"people": json.dumps(list(person_ids)), "since": since.isoformat()}
    return {row["person_id"]: row["n"] for row in database.query(sql, given)}


def missed_checks(database: Database, person_ids: Sequence[str], since: datetime) -> list[tuple[str, int]]:
    """The checks that answers missed since then: (check, times), most first."""
    sql = f"""select c.check_id, count(*) as n from attempt_checks c join attempts a on a.id = c.attempt_id
              where a.person_id in {_PEOPLE} and a.counts = 1 and a.answered_at >= :since
                and c.kind = 'check' and c.verdict = 'no'
              group by c.check_id order by n desc, c.check_id"""
    given = {"people": json.dumps(list(person_ids)), "since": since.isoformat()}
    return [(row["check_id"], row["n"]) for row in database.query(sql, given)]


def asked(database: Database, person_ids: Sequence[str], since: datetime) -> list[tuple[str, int]]:
    """The objections that people asked about since then, in private or in a group: (objection, times), most first."""
    sql = f"""select objection, count(*) as n from questions
              where substr(sender_id, instr(sender_id, ':') + 1) in {_PEOPLE}
                and asked_at >= :since and objection is not null
              group by objection order by n desc, objection"""
    given = {"people": json.dumps(list(person_ids)), "since": since.isoformat()}
    return [(row["objection"], row["n"]) for row in database.query(sql, given)]


def improvement(database: Database, person_ids: Sequence[str], since: datetime) -> dict[str, float]:
    """By how many points the mean mastery rose since then, over the objections practised before and since."""
    before = {(c.person_id, c.objection): c.mastery for c in cells(database, person_ids, since)}
    gains: dict[str, list[float]] = {}
    for cell in cells(database, person_ids):
        if (cell.person_id, cell.objection) in before:
            gain = cell.mastery - before[cell.person_id, cell.objection]
            gains.setdefault(cell.person_id, []).append(gain)
    return {person: sum(values) / len(values) for person, values in gains.items()}
