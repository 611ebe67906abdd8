"""Reviews of visits in the rep's own words: sealed, seen by that person alone unless shared with the manager."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store import ids
from store.secrets import seal, unseal


@dataclass(frozen=True)
class Visit:
    """A review.

    `answers` are in the order of the questions, "" for one that was passed over; `objections` are ids heard in them;
    `customer_id` is set where one with a card was named.
    """

    id: int
    person_id: str
    began_at: datetime
    answers: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    customer_id: int | None = None
    shared: bool = False

    def answered(self, text: str, objections: Sequence[str] = ()) -> Visit:
        """The review with one more answer and what was heard in it."""
        heard = dict.fromkeys((*self.objections, *objections))
        return replace(self, answers=(*self.answers, text), objections=tuple(heard))


def begin(database: Database, person_id: str, customer_id: int | None, now: datetime) -> Visit:
    """Begin a review."""
    with database.atomic():
        visit = Visit(ids.fresh(database, "visits", now), person_id, now, customer_id=customer_id)
        row = {"id": visit.id, "person_id": person_id, "began_at": now.isoformat(), **_values(visit)}
        database.table("visits").insert(row)
    return visit


def keep(database: Database, visit: Visit) -> None:
    """Write a review anew, after every answer, so that a restart loses none."""
    with database.atomic():
        database.execute(
            """update visits set words = :words, customer_id = :customer_id, shared = :shared
               where id = :id and person_id = :person_id""",
            {**_values(visit), "id": visit.id, "person_id": visit.person_id},
        )


def find(database: Database, person_id: str, visit_id: int) -> Visit | None:
    """A review of this person; None for one of somebody else."""
    rows = database.query("select * from visits where person_id = ? and id = ?", [person_id, visit_id])
    return next(map(_visit, rows), None)


def newest(database: Database, person_id: str, limit: int, customer_id: int | None = None) -> list[Visit]:
    """A person's reviews, newest first; only those of one customer where it is named."""
    sql = """select * from visits where person_id = :person and (:customer is null or customer_id = :customer)
             order by id desc limit :limit"""
    values = {"person": person_id, "customer": customer_id, "limit": limit}
    return list(map(_visit, database.query(sql, values)))


def shared(database: Database, person_ids: Sequence[str]) -> list[Visit]:
    """The reviews that these people share, newest first."""
    sql = """select * from visits where shared = 1 and person_id in (select value from json_each(?))
             order by id desc"""
    return list(map(_visit, database.query(sql, [json.dumps(list(person_ids))])))


def keep_newest(database: Database, person_id: str, count: int) -> None:
    """Delete all but the newest reviews of a person."""
    with database.atomic():
        database.execute(
            """delete from visits where person_id = :person and id not in
               (select id from visits where person_id = :person order by id desc limit :count)""",
            {"person": person_id, "count": count},
        )


def drop(database: Database, visit: Visit) -> None:
    """Delete a review."""
    with database.atomic():
        database.execute("delete from visits where person_id = ? and id = ?", [visit.person_id, visit.id])


def _values(visit: Visit) -> dict[str, Any]:
    words = json.dumps({"answers": visit.answers, "objections": visit.objections}, ensure_ascii=False)
    return {"words": seal(words), "customer_id": visit.customer_id, "shared": int(visit.shared)}


def _visit(row: dict[str, Any]) -> Visit:
    words = json.loads(unseal(row["words"]))
    return Visit(
        row["id"],
        row["person_id"],
        datetime.fromisoformat(row["began_at"]),
        tuple(words["answers"]),
        tuple(words["objections"]),
        row["customer_id"],
        bool(row["shared"]),
    )
