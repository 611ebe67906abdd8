"""Cards that reps keep on customers: names and notes are sealed, each seen by the person who wrote it alone.

A manager of the own teams sees a card that its person has shared; who that is, the caller says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from store import ids
from store.secrets import seal, unseal


@dataclass(frozen=True)
class Card:
    """What is known of a customer.

    `notes` holds the entries of each field in the order in which they were written; `style` and `trust` are ids or "".
    """

    style: str = ""
    trust: str = ""
    notes: dict[str, list[str]] = field(default_factory=dict)

    def of(self, name: str) -> list[str]:
        """The entries of a field."""
        return self.notes.get(name, [])

    def with_note(self, name: str, text: str) -> Card:
        """The card with one more entry in a field; the same card where it holds that entry."""
        entries = self.of(name)
        return self if text in entries else replace(self, notes={**self.notes, name: [*entries, text]})

    def without_note(self, name: str, number: int) -> Card:
        """The card without an entry, counted from 0; the same card where there is none."""
        kept = [text for place, text in enumerate(self.of(name)) if place != number]
        return replace(self, notes={**self.notes, name: kept})


@dataclass(frozen=True)
class Customer:
    """A customer of one person; `remind_on` is a day of that person's calendar."""

    id: int
    person_id: str
    name: str
    card: Card
    shared: bool = False
    remind_on: date | None = None


def add(database: Database, person_id: str, name: str, now: datetime) -> Customer:
    """Begin a card."""
    row = {"person_id": person_id, "name": seal(name), "card": _sealed(Card()), "changed_at": now.isoformat()}
    with database.atomic():
        customer_id = ids.fresh(database, "customers", now)
        database.table("customers").insert({"id": customer_id, **row, "shared": 0})
    return Customer(customer_id, person_id, name, Card())


def names(database: Database, person_id: str) -> dict[int, str]:
    """A person's customers by id, in the order in which they were added."""
    rows = database.query("select id, name from customers where person_id = ? order by id", [person_id])
    return {row["id"]: unseal(row["name"]) for row in rows}


def find(database: Database, person_id: str, customer_id: int) -> Customer | None:
    """A customer of this person; None for one of somebody else."""
    rows = database.query("select * from customers where person_id = ? and id = ?", [person_id, customer_id])
    return next(map(_customer, rows), None)


def keep(database: Database, customer: Customer, now: datetime) -> None:
    """Write a customer's card, sharing and reminder anew."""
    day = customer.remind_on.isoformat() if customer.remind_on else None
    with database.atomic():
        database.execute(
            """update customers set card = ?, shared = ?, remind_on = ?, changed_at = ?
               where person_id = ? and id = ?""",
            [_sealed(customer.card), int(customer.shared), day, now.isoformat(), customer.person_id, customer.id],
        )


def drop(database: Database, customer: Customer) -> None:
    """Delete a customer with the card and the reviews that belong to it."""
    with database.atomic():
        database.execute("delete from customers where person_id = ? and id = ?", [customer.person_id, customer.id])


def shared(database: Database, person_ids: Sequence[str]) -> list[Customer]:
    """The cards that these people share, latest changes first."""
    sql = """select * from customers where shared = 1 and person_id in (select value from json_each(?))
             order by changed_at desc, id desc"""
    return list(map(_customer, database.query(sql, [json.dumps(list(person_ids))])))


def to_remind(database: Database, day: date) -> list[tuple[int, str, date]]:
    """(customer, person, day) of next steps up to a day that nobody was reminded of yet."""
    sql = """select id, person_id, remind_on from customers where remind_on <= ? and not exists
               (select 1 from reminded where reminded.person_id = customers.person_id
                and subject = 'customer.' || customers.id and day = remind_on and sent_at is not null)
             order by remind_on, id"""
    rows = database.query(sql, [day.isoformat()])
    return [(row["id"], row["person_id"], date.fromisoformat(row["remind_on"])) for row in rows]


def _customer(row: dict[str, Any]) -> Customer:
    card = Card(**json.loads(unseal(row["card"])))
    day = date.fromisoformat(row["remind_on"]) if row["remind_on"] else None
    return Customer(row["id"], row["person_id"], unseal(row["name"]), card, bool(row["shared"]), day)


def _sealed(card: Card) -> bytes:
    values: dict[str, Any] = {"style": card.style, "trust": card.trust, "notes": card.notes}
    return seal(json.dumps(values, ensure_ascii=False))
