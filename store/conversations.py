"""The facts of a conversation that must outlive a restart: slots and the form under way, never the words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class Facts:
    """Slot values (only those that are set) and the active form's name."""

    slots: dict[str, Any]
    active_form: str | None


def save(database: Database, sender_id: str, facts: Facts, now: datetime) -> None:
    """Keep the latest facts of a conversation."""
    with database.atomic():
        database.execute(
            """insert into conversations (sender_id, slots, active_form, updated_at)
               values (:sender_id, :slots, :active_form, :now)
               on conflict (sender_id) do update set
                 slots = excluded.slots, active_form = excluded.active_form, updated_at = excluded.updated_at""",
            {
                "sender_id": sender_id,
                "slots": json.dumps(facts.slots, ensure_ascii=False),
                "active_form": facts.active_form,
                "now": now.isoformat(),
            },
        )


def recall(database: Database, sender_id: str, now: datetime, within: timedelta) -> Facts | None:
    """The facts of a conversation, unless there are none or they are older than `within`."""
    sql = "select slots, active_form, updated_at from conversations where sender_id = ?"
    for row in database.query(sql, [sender_id]):
        if now - datetime.fromisoformat(row["updated_at"]) <= within:
            return Facts(json.loads(row["slots"]), row["active_form"])
    return None


def is_known(database: Database, sender_id: str) -> bool:
    """Whether there are facts of a conversation; none after its person was forgotten."""
    return any(database.query("select 1 as known from conversations where sender_id = ?", [sender_id]))


def forget(database: Database, sender_id: str) -> None:
    """Remove what is known of a conversation."""
    with database.atomic():
        database.execute("delete from conversations where sender_id = ?", [sender_id])
