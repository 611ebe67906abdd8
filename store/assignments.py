"""Drills that managers assign: an objection, to whom, until when; done by a scored answer to it after the assigning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

# Whoever was told so recently needs no reminder.
PAUSE = timedelta(hours=6)
_IS_DONE = """exists (select 1 from attempts t where t.person_id = g.person_id and t.objection = a.objection
                and t.total is not null and t.answered_at >= a.made_at)"""


@dataclass(frozen=True)
class Result:
    """One assignment and how far the people (whom the asking manager may see) are with it."""

    id: int
    objection: str
    due_at: str
    people: int
    done: int
    open_ids: tuple[str, ...]


@dataclass(frozen=True)
class Reminder:
    """Somebody who has not done an assignment yet."""

    assignment_id: int
    person_id: str
    objection: str
    due_at: str
    first: bool = False  # told for the first time, not reminded


def create(
    database: Database, maker_id: str, objection: str, person_ids: Sequence[str], due_at: datetime, now: datetime
) -> int:
    """Assign a drill to people; returns the assignment's id."""
    row = {"made_by": maker_id, "objection": objection, "made_at": now.isoformat(), "due_at": due_at.isoformat()}
    with database.atomic():
        made = int(str(database.table("assignments").insert(row).last_pk))
        database.table("assigned").insert_all({"assignment_id": made, "person_id": each} for each in person_ids)
    return made


def results(database: Database, person_ids: Sequence[str]) -> list[Result]:
    """The assignments of these people, newest first; counted are only these people."""
    sql = f"""select a.id, a.objection, a.due_at, count(*) as people, sum({_IS_DONE}) as done,
                group_concat(case when {_IS_DONE} then null else g.person_id end) as open_ids
              from assignments a join assigned g on g.assignment_id = a.id
              where g.person_id in (select value from json_each(?))
              group by a.id order by a.id desc"""
    rows = database.query(sql, [json.dumps(list(person_ids))])
    return [
        Result(**{**row, "open_ids": tuple((row["open_ids"] or "").split(",")) if row["open_ids"] else ()})
        for row in rows
    ]


def open_since(database: Database, person_ids: Sequence[str], since: datetime) -> int:
    """How many times one of these people has not done what fell due since then or is still to come."""
    sql = f"""select count(*) as n from assigned g join assignments a on a.id = g.assignment_id
              where g.person_id in (select value from json_each(?)) and a.due_at >= ? and not {_IS_DONE}"""
    return int(next(iter(database.query(sql, [json.dumps(list(person_ids)), since.isoformat()])))["n"])


def to_tell(database: Database, now: datetime) -> list[Reminder]:
    """Who has not heard of an assignment yet that is still open."""
    sql = f"""select g.assignment_id, g.person_id, a.objection, a.due_at, 1 as first
              from assigned g join assignments a on a.id = g.assignment_id
              where g.told_at is null and a.due_at > :now and not {_IS_DONE}"""
    return [Reminder(**{**row, "first": True}) for row in database.query(sql, {"now": now.isoformat()})]


def to_remind(database: Database, now: datetime, ahead: timedelta) -> list[Reminder]:
    """Who has not done what is due within `ahead`, was told of it a while ago and not reminded yet."""
    sql = f"""select g.assignment_id, g.person_id, a.objection, a.due_at
              from assigned g join assignments a on a.id = g.assignment_id
              where g.reminded_at is null and g.told_at <= :before
                and a.due_at > :now and a.due_at <= :soon and not {_IS_DONE}"""
    given = {"now": now, "soon": now + ahead, "before": now - PAUSE}
    rows = database.query(sql, {name: moment.isoformat() for name, moment in given.items()})
    return [Reminder(**row) for row in rows]


def note_reminded(database: Database, reminder: Reminder, now: datetime) -> bool:
    """Note a reminder before it is sent; False where another process has done so."""
    column = "told_at" if reminder.first else "reminded_at"
    sql = f"update assigned set {column} = ? where assignment_id = ? and person_id = ? and {column} is null"
    with database.atomic():
        done = database.execute(sql, [now.isoformat(), reminder.assignment_id, reminder.person_id])
    return bool(done.rowcount)
