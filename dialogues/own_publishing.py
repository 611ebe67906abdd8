"""Bringing a version of the company's table into use, and taking it back; the one way for chat and command line."""

from __future__ import annotations

from datetime import datetime

from dialogues import own_content
from knowledge import current
from store import audit, own_tables
from store.database import database
from store.own_tables import OwnTable


def publish(table_id: int, person_id: str, now: datetime) -> OwnTable | None:
    """Use this version from now on; what it teaches is learnt beside, and the person is told when it is."""
    with database().atomic():
        table = own_tables.publish(database(), table_id)
        if table:
            audit.record(database(), person_id, "publish_own_table", now, str(table_id), table.name)
    own_content.refresh()
    own, model = current.own(), own_content.model()
    if own and own.lessons and not model.exists():
        own_tables.await_training(database(), model.name, person_id, table_id, now)
    return table


def withdraw(person_id: str, now: datetime) -> None:
    """Use the product's own knowledge alone."""
    with database().atomic():
        own_tables.withdraw(database())
        audit.record(database(), person_id, "withdraw_own_table", now)
    own_content.refresh()
