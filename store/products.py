"""A company's product cards, which of them each person sells now, and what managers have not finished writing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store import audit

NEW = 0  # the id of a card that is not kept yet
Values = Mapping[str, str]


class NameTaken(Exception):
    """Another card has this name."""


@dataclass(frozen=True)
class Product:
    """A card's checked texts by field; the company's own, no person's."""

    id: int
    values: dict[str, str]


@dataclass(frozen=True)
class Draft:
    """A card that a manager is writing; `group` is what is being changed of it, "" for all; `step` where one is."""

    product: int
    group: str
    step: str
    values: dict[str, str]


def every(database: Database) -> list[Product]:
    """All cards by name."""
    return [_product(row) for row in database.query("select id, card from products order by name_key")]


def get(database: Database, product_id: int) -> Product | None:
    """The card of this id."""
    rows = database.query("select id, card from products where id = ?", [product_id])
    return next((_product(row) for row in rows), None)


def is_taken(database: Database, name: str, product_id: int = NEW) -> bool:
    """Whether another card than this one has the name."""
    sql = "select 1 from products where name_key = ? and id != ?"
    return bool(list(database.query(sql, [_key(name), product_id])))


def save(database: Database, actor: str, product_id: int, values: Values, now: datetime) -> Product:
    """Keep a new card, or a card anew, and note who did it.

    Raises:
        NameTaken: Another card has the name.
    """
    with database.atomic():
        if is_taken(database, values["name"], product_id):
            raise NameTaken(values["name"])
        row = {"name_key": _key(values["name"]), "card": _json(values), "changed_at": now.isoformat()}
        if get(database, product_id):
            database.table("products").update(product_id, row)
            deed = "change_product"
        else:
            product_id = int(str(database.table("products").insert(row).last_pk))
            deed = "add_product"
        audit.record(database, actor, deed, now, f"product:{product_id}", values["name"])
    return Product(product_id, dict(values))


def save_all(database: Database, actor: str, cards: Sequence[Values], now: datetime) -> None:
    """Keep the cards of a file, all or none; one of a known name takes the place of that card."""
    with database.atomic():
        for values in cards:
            same = next((p.id for p in every(database) if _key(p.values["name"]) == _key(values["name"])), NEW)
            save(database, actor, same, values, now)


def drop(database: Database, actor: str, product_id: int, now: datetime) -> bool:
    """Delete a card; nobody sells it any more. False where there is none."""
    with database.atomic():
        found = get(database, product_id)
        if found is None:
            return False
        database.execute("delete from products where id = ?", [product_id])
        audit.record(database, actor, "drop_product", now, f"product:{product_id}", found.values["name"])
    return True


def choose(database: Database, person_id: str, product_id: int) -> None:
    """The product that a person sells from now on."""
    row = {"person_id": person_id, "product_id": product_id}
    with database.atomic():
        database.table("product_choices").insert(row, pk="person_id", replace=True)


def chosen(database: Database, person_id: str) -> int | None:
    """The id of the product that a person chose."""
    sql = "select product_id from product_choices where person_id = ?"
    return next((int(row["product_id"]) for row in database.query(sql, [person_id])), None)


def draft_of(database: Database, person_id: str) -> Draft | None:
    """What this manager has not finished."""
    rows = database.query("select * from product_drafts where person_id = ?", [person_id])
    return next((Draft(r["product_id"], r["group"], r["step"], json.loads(r["card"])) for r in rows), None)


def save_draft(database: Database, person_id: str, draft: Draft, now: datetime) -> None:
    """Keep where the manager is; one draft a person."""
    row = {"product_id": draft.product, "group": draft.group, "step": draft.step, "card": _json(draft.values)}
    with database.atomic():
        database.table("product_drafts").insert(
            {"person_id": person_id, **row, "changed_at": now.isoformat()}, pk="person_id", replace=True
        )


def drop_draft(database: Database, person_id: str) -> None:
    """The manager is done with it."""
    with database.atomic():
        database.execute("delete from product_drafts where person_id = ?", [person_id])


def hold_file(database: Database, person_id: str, name: str, cards: Sequence[Values], now: datetime) -> None:
    """Keep what a file holds until its sender says yes or no; one file a person."""
    row = {"person_id": person_id, "file_name": name, "cards": _json(list(cards)), "sent_at": now.isoformat()}
    with database.atomic():
        database.table("product_files").insert(row, pk="person_id", replace=True)


def held_file(database: Database, person_id: str) -> tuple[str, list[dict[str, str]]] | None:
    """Name and cards of the file that waits for its sender's word."""
    rows = database.query("select file_name, cards from product_files where person_id = ?", [person_id])
    return next(((row["file_name"], json.loads(row["cards"])) for row in rows), None)


def drop_file(database: Database, person_id: str) -> None:
    """The file waits no longer."""
    with database.atomic():
        database.execute("delete from product_files where person_id = ?", [person_id])


def _key(name: str) -> str:
    return "".join(name.split()).casefold()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _product(row: Mapping[str, Any]) -> Product:
    return Product(row["id"], json.loads(row["card"]))
