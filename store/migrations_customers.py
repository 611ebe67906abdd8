"""Schema changes of customer cards, reviews of visits and reminders; part of the one list in `store/migrations.py`."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from store.migrations_products import migrations

__all__ = ["migrations"]


@migrations(name="0032_customers")
def customers(database: Database) -> None:
    table = database.table("customers").create(
        {
            "id": int,
            "person_id": str,
            "name": bytes,
            "card": bytes,
            "shared": int,
            "remind_on": str,
            "changed_at": str,
        },
        pk="id",
        not_null={"person_id", "name", "card", "shared", "changed_at"},
    )
    table.create_index(["person_id"])
    table.create_index(["remind_on"])


@migrations(name="0033_visits")
def visits(database: Database) -> None:
    table = database.table("visits").create(
        {
            "id": int,
            "person_id": str,
            "customer_id": int,
            "words": bytes,
            "shared": int,
            "began_at": str,
        },
        pk="id",
        not_null={"person_id", "words", "shared", "began_at"},
        # With a customer's card go the reviews of visits there.
        foreign_keys=[ForeignKey("visits", "customer_id", "customers", "id", on_delete="CASCADE")],
    )
    table.create_index(["person_id"])
    table.create_index(["customer_id"])


@migrations(name="0034_reminded")
def reminded(database: Database) -> None:
    database.table("reminded").create(
        {"person_id": str, "subject": str, "day": str, "noted_at": str, "tries": int, "sent_at": str},
        pk=("person_id", "subject", "day"),
        not_null={"noted_at", "tries"},
    )
