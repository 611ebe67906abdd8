"""Which objections a person practised; the answers themselves are not kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database


@dataclass(frozen=True)
class PracticeRound:
    """One answer to a customer of a given style; its length in characters."""

    sender_id: str
    objection: str
    style: str
    answer_characters: int


def record(database: Database, round_: PracticeRound, now: datetime) -> None:
    """Add one round to the log."""
    with database.atomic():
        database.table("practice").insert({**asdict(round_), "practised_at": now.isoformat()})


def rounds(database: Database, sender_id: str) -> int:
    """How many rounds a person has practised."""
    return int(next(iter(database.query("select count(*) as n from practice where sender_id = ?", [sender_id])))["n"])


def least_practised(database: Database, sender_id: str, objections: list[str]) -> str:
    """The objection of the list with the fewest rounds so far; the earlier one where several are equal."""
    sql = "select objection, count(*) as n from practice where sender_id = ? group by objection"
    counts = {row["objection"]: row["n"] for row in database.query(sql, [sender_id])}
    return min(objections, key=lambda objection: counts.get(objection, 0))
