"""Everything that is kept of a person, in one list: for `/export`, `/forget`, retention and a change of the key.

A table that names a person must be in the list; tests/store/test_personal.py finds one that is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.secrets import resealed, unseal

# How many days what is kept; docs/security.md tells people why.
YEAR, MONTH, WEEK = timedelta(days=365), timedelta(days=30), timedelta(days=7)


@dataclass(frozen=True)
class Personal:
    """One table with rows of people.

    `person` is the column with a person's id or, from a group, `chat:person`; `at` holds the time from which `keep`
    counts; without `keep` the rows stay until the person wants them gone. `sealed` columns hold sealed texts.
    `forget` is false where the row goes by itself in time and is needed until then.
    """

    table: str
    person: str
    at: str = ""
    keep: timedelta | None = None
    sealed: Sequence[str] = field(default=())
    forget: bool = True


TABLES = (
    # Before `people`, to whom they refer.
    Personal("memberships", "person_id"),
    Personal("people", "id"),
    Personal("preferences", "person_id"),
    Personal("weekly_reports", "person_id", "began_at", MONTH),
    Personal("assigned", "person_id"),
    Personal("assignments", "made_by", "made_at", YEAR),
    Personal("invites", "made_by", "made_at", YEAR),
    Personal("claim_codes", "claimed_by"),
    # What managers did concerns others as well; nobody can wipe out the own traces.
    Personal("audit", "actor", "at", YEAR, forget=False),
    Personal("conversations", "sender_id", "updated_at", MONTH),
    Personal("questions", "sender_id", "asked_at", YEAR),
    # With these go the rows of attempt_checks, which name nobody.
    Personal("appeals", "person_id", "filed_at", YEAR),
    Personal("attempts", "person_id", "answered_at", YEAR, sealed=("words",)),
    Personal("drills", "person_id", "started_at", YEAR, sealed=("shown",)),
    Personal("drill_settings", "person_id"),
    Personal("review_items", "person_id", "due", YEAR),
    Personal("reviews", "person_id", "reviewed_at", YEAR),
    Personal("tips_shown", "person_id", "shown_at", YEAR),
    Personal("tips_saved", "person_id"),
    Personal("tip_likes", "person_id", "liked_at", YEAR),
    Personal("tip_plans", "made_by"),
    Personal("tip_messages", "chat_id", "sent_at", MONTH),
    Personal("own_tips", "made_by"),
    Personal("own_quiz_answers", "person_id", "answered_at", YEAR),
    Personal("own_trainings", "person_id", "at", YEAR),
    Personal("tip_writing", "person_id", "asked_at", WEEK),
    Personal("deliveries", "person_id", "due_at", YEAR),
    Personal("checklist_ticks", "person_id", "ticked_at", YEAR),
    Personal("checklist_items", "person_id", sealed=("text",)),
    Personal("product_choices", "person_id"),
    Personal("product_drafts", "person_id", "changed_at", MONTH),
    Personal("product_files", "person_id", "sent_at", WEEK),
    Personal("visits", "person_id", "began_at", YEAR, sealed=("words",)),
    # A card stays until the rep deletes it: an old customer may come back.
    Personal("customers", "person_id", sealed=("name", "card")),
    Personal("reminded", "person_id", "noted_at", MONTH),
    Personal("polls", "chat_id", "sent_at", MONTH),
    # Until its answer is out a message names its person; `store/inbox.py` takes that out with the words.
    Personal("inbox", "person", "received_at", WEEK, sealed=("payload", "answers"), forget=False),
)
_OF_PERSON = "(cast([{column}] as text) = :person or [{column}] like '%:' || :person)"


def export(database: Database, person_id: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a person by table, sealed texts opened; only what JSON can hold."""
    return {
        entry.table: [_opened(entry, row) for row in database.query(_sql("select *", entry), {"person": person_id})]
        for entry in TABLES
    }


def forget(database: Database, person_id: str) -> int:
    """Delete all rows of a person, and what of them is still in the file; returns how many there were."""
    with database.atomic():
        gone = sum(
            database.execute(_sql("delete", entry), {"person": person_id}).rowcount for entry in TABLES if entry.forget
        )
    # Deleted rows are overwritten (secure_delete); this takes them out of the write-ahead log as well.
    database.execute("pragma wal_checkpoint(truncate)").fetchall()
    return gone


def expire(database: Database, now: datetime) -> int:
    """Delete what is older than its period; returns how many rows."""
    gone = 0
    for entry in TABLES:
        if entry.keep:
            with database.atomic():
                sql = f"delete from [{entry.table}] where [{entry.at}] < ?"
                gone += database.execute(sql, [(now - entry.keep).isoformat()]).rowcount
    return gone


def reseal(database: Database) -> int:
    """Seal all sealed texts with the first key; returns how many."""
    done = 0
    for entry in TABLES:
        for column in entry.sealed:
            rows = f"select rowid as row, [{column}] as text from [{entry.table}] where [{column}] is not null"
            for row in list(database.query(rows)):
                sql = f"update [{entry.table}] set [{column}] = ? where rowid = ?"
                with database.atomic():
                    database.execute(sql, [resealed(row["text"]), row["row"]])
                done += 1
    return done


def _sql(verb: str, entry: Personal) -> str:
    return f"{verb} from [{entry.table}] where {_OF_PERSON.format(column=entry.person)}"


def _opened(entry: Personal, row: Mapping[str, Any]) -> dict[str, Any]:
    opened = {name: unseal(value) if name in entry.sealed and value else value for name, value in row.items()}
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in opened.items()}
