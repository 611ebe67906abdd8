"""Schema changes of people, teams and what managers do; part of the one list in `store/migrations.py`."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from store.migrations import migrations

__all__ = ["migrations"]


@migrations(name="0020_membership")
def membership(database: Database) -> None:
    """Who was there before is known, but no member until invited: nobody had vouched for them."""
    for column, type_ in (("called", str), ("joined_at", str), ("removed_at", str)):
        database.table("people").add_column(column, type_)
    database.table("people").add_column("local", int, not_null_default=0)
    database.table("teams").create(
        {"id": int, "name": str, "local": int, "created_at": str},
        pk="id",
        not_null={"name", "local", "created_at"},
    ).create_index(["local", "name"], unique=True)
    database.table("memberships").create(
        {"person_id": str, "team_id": int},
        pk=("person_id", "team_id"),
        foreign_keys=[("person_id", "people", "id"), ("team_id", "teams", "id")],
    ).create_index(["team_id"])


@migrations(name="0021_invites")
def invites(database: Database) -> None:
    database.table("invites").create(
        {
            "id": str,
            "role": str,
            "team_id": int,
            "local": int,
            "made_by": str,
            "made_at": str,
            "expires_at": str,
            "uses": int,
            "used": int,
            "revoked_at": str,
        },
        pk="id",
        not_null={"role", "team_id", "local", "made_by", "made_at", "expires_at", "uses", "used"},
    )
    database.table("claim_codes").create(
        {"digest": str, "made_at": str, "claimed_by": str}, pk="digest", not_null={"made_at"}
    )


@migrations(name="0022_audit")
def audit(database: Database) -> None:
    table = database.table("audit").create(
        {"id": int, "at": str, "actor": str, "action": str, "target": str, "detail": str, "team_id": int},
        pk="id",
        not_null={"at", "actor", "action"},
    )
    table.create_index(["team_id", "at"])


@migrations(name="0023_bot_names")
def bot_names(database: Database) -> None:
    database.table("bot_names").create({"local": int, "username": str}, pk="local", not_null={"username"})


@migrations(name="0024_preferences")
def preferences(database: Database) -> None:
    database.table("preferences").create(
        {
            "person_id": str,
            "zone": str,
            "reminder_hour": int,
            "quiet_from": int,
            "quiet_until": int,
            "tips": int,
            "leaderboard": int,
        },
        pk="person_id",
        not_null={"zone", "reminder_hour", "quiet_from", "quiet_until", "tips", "leaderboard"},
    )


@migrations(name="0025_assignments")
def assignments(database: Database) -> None:
    database.table("assignments").create(
        {"id": int, "made_by": str, "objection": str, "made_at": str, "due_at": str},
        pk="id",
        not_null={"made_by", "objection", "made_at", "due_at"},
    )
    database.table("assigned").create(
        {"assignment_id": int, "person_id": str, "reminded_at": str},
        pk=("assignment_id", "person_id"),
        foreign_keys=[ForeignKey("assigned", "assignment_id", "assignments", "id", on_delete="CASCADE")],
    ).create_index(["person_id"])


@migrations(name="0070_tip_ratings")
def tip_ratings(database: Database) -> None:
    """Which message shows which tip, so that a reaction to it rates the tip; 1 is useful, -1 is not."""
    database.table("tip_messages").create(
        {"chat_id": int, "message_id": int, "tip_id": str, "sent_at": str},
        pk=("chat_id", "message_id"),
        not_null={"tip_id", "sent_at"},
    )
    database.table("tip_likes").add_column("rating", int, not_null_default=1)


@migrations(name="0071_own_quizzes")
def own_quizzes(database: Database) -> None:
    """Own tips get a place in the manager's order and a quiz behind them; `part` is what the manager was asked for."""
    database.table("own_tips").add_column("place", int, not_null_default=0)
    database.execute("update own_tips set place = id")
    database.table("own_tips").add_column("quiz", str, not_null_default="")
    database.table("tip_writing").add_column("part", str, not_null_default="words")
    database.table("own_quiz_answers").create(
        {"person_id": str, "tip": int, "right": int, "answered_at": str},
        pk=("person_id", "tip"),
        not_null={"right", "answered_at"},
    )


@migrations(name="0072_weekly_reports")
def weekly_reports(database: Database) -> None:
    database.table("preferences").add_column("weekly", int, not_null_default=1)
    database.table("weekly_reports").create(
        {"person_id": str, "monday": str, "state": str, "tries": int, "began_at": str},
        pk=("person_id", "monday"),
        not_null={"state", "tries", "began_at"},
    )


@migrations(name="0073_told")
def told(database: Database) -> None:
    """Who gets an assignment is told at once; those of before know already."""
    database.table("assigned").add_column("told_at", str)
    database.execute("update assigned set told_at = (select made_at from assignments a where a.id = assignment_id)")


@migrations(name="0035_list_reminders")
def list_reminders(database: Database) -> None:
    database.table("preferences").add_column("lists", int, not_null_default=1)
