"""Tips that managers write themselves: a text, a picture if they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

# In front of the number, so that an own tip and one of the stock are told apart.
PREFIX = "own:"


@dataclass(frozen=True)
class OwnTip:
    """One tip; `picture` is Telegram's id of a file, or ""."""

    id: int
    text: str
    picture: str

    @property
    def key(self) -> str:
        """As plans and deliveries name it."""
        return f"{PREFIX}{self.id}"


def ask_for(database: Database, person_id: str, number: int, now: datetime) -> None:
    """Remember that a manager was asked for the words of a tip: of a new one where the number is 0."""
    row = {"person_id": person_id, "tip": number, "asked_at": now.isoformat()}
    with database.atomic():
        database.table("tip_writing").insert(row, pk="person_id", replace=True)


def asked_for(database: Database, person_id: str, since: datetime) -> int | None:
    """The number for which this person was asked for words since then; None for nobody asked."""
    sql = "select tip from tip_writing where person_id = ? and asked_at >= ?"
    return next((int(row["tip"]) for row in database.query(sql, [person_id, since.isoformat()])), None)


def ask_no_more(database: Database, person_id: str) -> None:
    """The person does something else."""
    with database.atomic():
        database.execute("delete from tip_writing where person_id = ?", [person_id])


def write(database: Database, made_by: str, number: int, text: str, picture: str, now: datetime) -> OwnTip:
    """Keep the words that were asked for: a new tip where the number is 0, else the manager's own one anew."""
    row = {"made_by": made_by, "text": text, "picture": picture, "made_at": now.isoformat()}
    with database.atomic():
        ask_no_more(database, made_by)
        if number:
            sql = "update own_tips set text = ?, picture = ? where id = ? and made_by = ?"
            database.execute(sql, [text, picture, number, made_by])
        else:
            number = int(str(database.table("own_tips").insert(row).last_pk))
    return OwnTip(number, text, picture)


def retire(database: Database, made_by: str, number: int, now: datetime) -> bool:
    """Offer a tip no longer; false where it is not this manager's."""
    sql = "update own_tips set retired_at = ? where id = ? and made_by = ? and retired_at is null"
    with database.atomic():
        return database.execute(sql, [now.isoformat(), number, made_by]).rowcount == 1


def of(database: Database, made_by: str) -> list[OwnTip]:
    """A manager's tips that are on offer, the latest first."""
    sql = "select id, text, picture from own_tips where made_by = ? and retired_at is null order by id desc"
    return [OwnTip(**row) for row in database.query(sql, [made_by])]


def find(database: Database, key: str) -> OwnTip | None:
    """The tip of a key, also a retired one; None for keys of the stock."""
    number = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not number.isdecimal():
        return None
    return next(
        (OwnTip(**row) for row in database.query("select id, text, picture from own_tips where id = ?", [int(number)])),
        None,
    )
