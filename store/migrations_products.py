"""Schema changes of product cards; part of the one list in `store/migrations.py`."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from store.migrations_people import migrations

__all__ = ["migrations"]


@migrations(name="0080_products")
def products(database: Database) -> None:
    """`card` and `cards` are JSON; `name_key` is the name by which two products are the same."""
    database.table("products").create(
        {"id": int, "name_key": str, "card": str, "changed_at": str},
        pk="id",
        not_null={"name_key", "card", "changed_at"},
    ).create_index(["name_key"], unique=True)
    database.table("product_choices").create(
        {"person_id": str, "product_id": int},
        pk="person_id",
        not_null={"product_id"},
        foreign_keys=[ForeignKey("product_choices", "product_id", "products", "id", on_delete="CASCADE")],
    )
    database.table("product_drafts").create(
        {"person_id": str, "product_id": int, "group": str, "step": str, "card": str, "changed_at": str},
        pk="person_id",
        not_null={"product_id", "group", "step", "card", "changed_at"},
    )
    database.table("product_files").create(
        {"person_id": str, "file_name": str, "cards": str, "sent_at": str},
        pk="person_id",
        not_null={"file_name", "cards", "sent_at"},
    )
