"""What people ticked off, and the items they added themselves, whose texts are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from store.secrets import seal, unseal


@dataclass(frozen=True)
class Ticked:
    """An item of a list in one period, which begins on the day `period`."""

    person_id: str
    list: str
    item: str
    period: date


@dataclass(frozen=True)
class Own:
    """An item of a person's own."""

    id: int
    text: str
    added_at: datetime


def toggle(database: Database, tick: Ticked, now: datetime) -> bool:
    """Tick an item off, or take the tick back; true where it is ticked now."""
    values = [tick.person_id, tick.list, tick.item, tick.period.isoformat()]
    with database.atomic():
        removed = database.execute(
            "delete from checklist_ticks where person_id = ? and list = ? and item = ? and period = ?", values
        ).rowcount
        if removed:
            return False
        database.execute("insert into checklist_ticks values (?, ?, ?, ?, ?)", [*values, now.isoformat()])
        return True


def ticked(database: Database, person_id: str, list_id: str, period: date) -> set[str]:
    """The items ticked in a period."""
    sql = "select item from checklist_ticks where person_id = ? and list = ? and period = ?"
    return {row["item"] for row in database.query(sql, [person_id, list_id, period.isoformat()])}


def periods(database: Database, person_id: str, list_id: str) -> set[date]:
    """The first days of all periods in which something was ticked."""
    sql = "select distinct period from checklist_ticks where person_id = ? and list = ?"
    return {date.fromisoformat(row["period"]) for row in database.query(sql, [person_id, list_id])}


def users(database: Database) -> list[str]:
    """Everybody who ticked something off or added an item."""
    sql = "select person_id from checklist_ticks union select person_id from checklist_items"
    return [row["person_id"] for row in database.query(sql)]


def add(database: Database, person_id: str, list_id: str, text: str, now: datetime) -> int:
    """Keep an own item; returns its id."""
    with database.atomic():
        row = {"person_id": person_id, "list": list_id, "text": seal(text), "added_at": now.isoformat()}
        return int(database.table("checklist_items").insert(row).last_pk)  # type: ignore[arg-type]


def own(database: Database, person_id: str, list_id: str, period: date) -> list[Own]:
    """Own items that are open, or were done in this period: a thing of one's own is done once."""
    sql = """select id, text, added_at from checklist_items as items
             where person_id = ? and list = ? and not exists
               (select 1 from checklist_ticks as ticks
                where ticks.person_id = items.person_id and ticks.list = items.list
                  and ticks.item = 'o' || items.id and ticks.period < ?)
             order by id"""
    return [
        Own(row["id"], unseal(row["text"]), datetime.fromisoformat(row["added_at"]))
        for row in database.query(sql, [person_id, list_id, period.isoformat()])
    ]


def drop(database: Database, person_id: str, item_id: int) -> None:
    """Delete an own item with its tick; one of somebody else stays."""
    with database.atomic():
        database.execute("delete from checklist_items where person_id = ? and id = ?", [person_id, item_id])
        database.execute("delete from checklist_ticks where person_id = ? and item = ?", [person_id, f"o{item_id}"])
