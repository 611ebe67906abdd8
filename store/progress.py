"""How well people master what they practise; for one person or a whole team, always {person id: …}.

Mastery of an objection is the mean total of a person's last answers to it; mastery of a check the mean of its verdicts
(yes 100, partly 50, no 0) in the last answers to anything. How many are counted is the caller's choice
(`knowledge/learning.yml`). Answers that were tried again or could not be scored do not count. Nothing practised: no
entry.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlite_utils import Database

# The people of a query, as a JSON list in one parameter: SQLite takes at most 999 parameters.
_PEOPLE = "(select value from json_each(:people))"


@dataclass(frozen=True)
class Mastery:
    """`value` is 0 to 100, over so many `answers`."""

    value: float
    answers: int


@dataclass(frozen=True)
class Missed:
    """A check of answers to one objection: how often it was not fulfilled, of how many answers."""

    objection: str
    check_id: str
    missed: int
    answers: int


@dataclass(frozen=True)
class Weakness:
    """Being weak on an objection or on a check (`kind`): mastery of it over the `last` answers lies `below` this.

    It carries its numbers, so that a plan for those who are weak still means what its manager saw.
    """

    kind: str
    what: str
    last: int
    below: int

    @property
    def text(self) -> str:
        """As buttons and plans carry it."""
        return f"{self.kind}.{self.what}.{self.last}.{self.below}"

    @classmethod
    def parse(cls, text: str) -> Weakness | None:
        """What `text` gave; None for anything else."""
        parts = text.split(".")
        if len(parts) != 4 or parts[0] not in (OBJECTION, CHECK) or not (parts[2] + parts[3]).isdecimal():
            return None
        return cls(parts[0], parts[1], int(parts[2]), int(parts[3]))


OBJECTION, CHECK = "o", "c"
Table = dict[str, dict[str, Mastery]]


def by_objection(database: Database, people: Sequence[str], last: int) -> Table:
    """{person: {objection: mastery}} over the last so many answers each."""
    sql = f"""
        select person_id, objection as what, avg(total) as value, count(*) as answers from (
          select person_id, objection, total,
                 row_number() over (partition by person_id, objection order by answered_at desc, id desc) as place
          from attempts where person_id in {_PEOPLE} and counts = 1 and total is not null)
        where place <= :last group by person_id, objection"""
    return _table(database, sql, people, last)


def by_check(database: Database, people: Sequence[str], last: int) -> Table:
    """{person: {check: mastery}} over the last so many answers."""
    sql = f"""
        select person_id, check_id as what, count(*) as answers,
               avg(case c.verdict when 'yes' then 100 when 'partly' then 50 else 0 end) as value
        from (
          select id, person_id, row_number() over (partition by person_id order by answered_at desc, id desc) as place
          from attempts where person_id in {_PEOPLE} and counts = 1 and total is not null) a
        join attempt_checks c on c.attempt_id = a.id
        where a.place <= :last and c.kind = 'check' group by person_id, check_id"""
    return _table(database, sql, people, last)


def weak_on(database: Database, people: Sequence[str], weakness: Weakness) -> set[str]:
    """Those of the people who have practised it and do not master it."""
    table = by_objection if weakness.kind == OBJECTION else by_check
    found = table(database, people, weakness.last)
    return {
        person
        for person, mastered in found.items()
        if weakness.what in mastered and mastered[weakness.what].value < weakness.below
    }


def weakest(table: Table, below: int) -> list[tuple[str, int]]:
    """What is mastered less than `below`, with how many people: most people first, then the lowest mean."""
    values: dict[str, list[float]] = {}
    for mastered in table.values():
        for what, mastery in mastered.items():
            values.setdefault(what, []).append(mastery.value)
    weak = {what: sum(value < below for value in found) for what, found in values.items()}
    order = sorted(weak, key=lambda what: (-weak[what], sum(values[what]) / len(values[what]), what))
    return [(what, weak[what]) for what in order if weak[what]]


def most_missed(database: Database, people: Sequence[str], since: datetime, limit: int) -> list[Missed]:
    """The checks that these people failed most since then, with the objection, most often missed first."""
    sql = f"""
        select a.objection, c.check_id, sum(c.verdict = 'no') as missed, count(*) as answers
        from attempts a join attempt_checks c on c.attempt_id = a.id
        where a.person_id in {_PEOPLE} and a.answered_at >= :since and a.counts = 1 and c.kind = 'check'
        group by a.objection, c.check_id having missed > 0
        order by missed desc, answers, a.objection, c.check_id limit :limit"""
    values = {"people": json.dumps(list(people)), "since": since.isoformat(), "limit": limit}
    return [Missed(**row) for row in database.query(sql, values)]


def drill_totals(database: Database, person_id: str, last: int) -> list[int]:
    """Totals of a person's last drills that ended with a score, oldest first."""
    sql = "select total from drills where person_id = ? and total is not null order by started_at desc limit ?"
    return [int(row["total"]) for row in database.query(sql, [person_id, last])][::-1]


def drills(database: Database, people: Sequence[str]) -> dict[str, int]:
    """{person: drills in which they answered at least once}."""
    sql = f"""select person_id, count(distinct drill_id) as n from attempts
              where person_id in {_PEOPLE} group by person_id"""
    return {row["person_id"]: row["n"] for row in database.query(sql, {"people": json.dumps(list(people))})}


def practised_days(database: Database, people: Sequence[str], since: datetime, zone: tzinfo) -> dict[str, set[date]]:
    """{person: days with a drill's answer or a quiz since then}, as dates of the zone."""
    sql = f"""
        select distinct person_id, substr(answered_at, 1, 16) as minute from attempts
        where person_id in {_PEOPLE} and answered_at >= :since
        union select distinct person_id, substr(reviewed_at, 1, 16) from reviews
        where person_id in {_PEOPLE} and reviewed_at >= :since"""
    days: dict[str, set[date]] = {}
    for row in database.query(sql, {"people": json.dumps(list(people)), "since": since.isoformat()}):
        minute = datetime.fromisoformat(row["minute"] + "+00:00")
        days.setdefault(row["person_id"], set()).add(minute.astimezone(zone).date())
    return days


def _table(database: Database, sql: str, people: Sequence[str], last: int) -> Table:
    table: Table = {}
    for row in database.query(sql, {"people": json.dumps(list(people)), "last": last}):
        table.setdefault(row["person_id"], {})[row["what"]] = Mastery(row["value"], row["answers"])
    return table
