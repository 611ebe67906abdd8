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


def add(database: Database, made_by: str, text: str, picture: str, now: datetime) -> OwnTip:
    """A new tip of a manager."""
    row = {"made_by": made_by, "text": text, "picture": picture, "made_at": now.isoformat()}
    with database.atomic():
        made = database.table("own_tips").insert(row)
    return OwnTip(int(str(made.last_pk)), text, picture)


def edit(database: Database, made_by: str, number: int, text: str, picture: str) -> bool:
    """Other words and picture; false where the tip is not this manager's."""
    sql = "update own_tips set text = ?, picture = ? where id = ? and made_by = ? and retired_at is null"
    with database.atomic():
        return database.execute(sql, [text, picture, number, made_by]).rowcount == 1


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
