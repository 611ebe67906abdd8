"""Numbered schema changes, applied in order inside a transaction each; append, never edit."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("coach")


@migrations(name="0001_people")
def people(database: Database) -> None:
    database.table("people").create(
        {"id": str, "name": str, "role": str, "first_seen_at": str, "last_seen_at": str},
        pk="id",
        not_null={"id", "role", "first_seen_at", "last_seen_at"},
        defaults={"role": "rep"},
    )


@migrations(name="0002_conversations")
def conversations(database: Database) -> None:
    database.table("conversations").create(
        {"sender_id": str, "slots": str, "active_form": str, "updated_at": str},
        pk="sender_id",
        not_null={"sender_id", "slots", "updated_at"},
    )


@migrations(name="0003_questions")
def questions(database: Database) -> None:
    table = database.table("questions").create(
        {
            "id": int,
            "sender_id": str,
            "asked_at": str,
            "intent": str,
            "objection": str,
            "style": str,
            "technique": str,
            "outcome": str,
        },
        pk="id",
        not_null={"sender_id", "asked_at", "intent", "outcome"},
    )
    table.create_index(["sender_id", "asked_at"])


@migrations(name="0004_practice")
def practice(database: Database) -> None:
    table = database.table("practice").create(
        {"id": int, "sender_id": str, "practised_at": str, "objection": str, "style": str, "answer_characters": int},
        pk="id",
        not_null={"sender_id", "practised_at", "objection", "style", "answer_characters"},
    )
    table.create_index(["sender_id", "practised_at"])


@migrations(name="0010_polls")
def polls(database: Database) -> None:
    database.table("polls").create(
        {
            "id": str,
            "chat_id": int,
            "message_id": int,
            "correct": int,
            "right": str,
            "wrong": str,
            "sent_at": str,
        },
        pk="id",
        not_null={"chat_id", "message_id", "correct", "right", "wrong", "sent_at"},
    )


@migrations(name="0011_reviews")
def reviews(database: Database) -> None:
    database.table("review_items").create(
        {
            "person_id": str,
            "kind": str,
            "subject": str,
            "check_id": str,
            "state": int,
            "step": int,
            "stability": float,
            "difficulty": float,
            "due": str,
            "last_review": str,
            "first_review": str,
            "reviews": int,
        },
        pk=("person_id", "kind", "subject", "check_id"),
        not_null={"state", "stability", "difficulty", "due", "last_review", "first_review", "reviews"},
    ).create_index(["person_id", "kind", "due"])
    database.table("reviews").create(
        {
            "id": int,
            "person_id": str,
            "kind": str,
            "subject": str,
            "check_id": str,
            "verdict": str,
            "reviewed_at": str,
        },
        pk="id",
        not_null={"person_id", "kind", "subject", "check_id", "verdict", "reviewed_at"},
    ).create_index(["person_id", "reviewed_at"])


@migrations(name="0040_inbox")
def inbox(database: Database) -> None:
    table = database.table("inbox").create(
        {
            "bot_id": str,
            "update_id": int,
            "chat": str,
            "person": str,
            "received_at": str,
            "state": str,
            "tries": int,
            "payload": bytes,
            "answers": bytes,
            "sent": int,
            "ended_at": str,
        },
        pk=["bot_id", "update_id"],
        not_null={"chat", "received_at", "state", "tries", "sent"},
        defaults={"state": "waiting", "tries": 0, "sent": 0},
    )
    table.create_index(["state"])
    table.create_index(["person"])


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


@migrations(name="0050_own_material")
def own_material(database: Database) -> None:
    database.table("own_files").create(
        {"id": int, "name": str, "version": int, "state": str, "added_by": str, "added_at": str},
        pk="id",
        not_null={"name", "version", "state", "added_by", "added_at"},
    ).create_index(["name", "version"], unique=True)
    database.table("own_passages").create(
        {"id": int, "file_id": int, "number": int, "heading": str, "text": str, "meaning": bytes},
        pk="id",
        not_null={"file_id", "number", "heading", "text", "meaning"},
        foreign_keys=[("file_id", "own_files", "id")],
    ).create_index(["file_id", "number"], unique=True)


@migrations(name="0060_tips")
def tips(database: Database) -> None:
    database.table("tips_shown").create(
        {"id": int, "person_id": str, "tip_id": str, "shown_at": str},
        pk="id",
        not_null={"person_id", "tip_id", "shown_at"},
    ).create_index(["person_id", "shown_at"])
    database.table("tips_saved").create(
        {"person_id": str, "tip_id": str, "saved_at": str}, pk=("person_id", "tip_id"), not_null={"saved_at"}
    )
    database.table("tip_likes").create(
        {"person_id": str, "tip_id": str, "liked_at": str}, pk=("person_id", "tip_id"), not_null={"liked_at"}
    ).create_index(["tip_id"])


@migrations(name="0061_tip_plans")
def tip_plans(database: Database) -> None:
    database.table("tip_plans").create(
        {
            "id": int,
            "bot_id": str,
            "made_by": str,
            "rhythm": str,
            "hour": int,
            "starts_on": str,
            "audience": str,
            "audience_value": str,
            "tip": str,
            "state": str,
            "made_at": str,
            "confirmed_at": str,
        },
        pk="id",
        not_null={"bot_id", "made_by", "rhythm", "hour", "starts_on", "audience", "audience_value", "tip", "state"},
    ).create_index(["state"])
    database.table("tip_issues").create(
        {"plan_id": int, "day": str, "tip_id": str}, pk=("plan_id", "day"), not_null={"tip_id"}
    )


@migrations(name="0062_deliveries")
def deliveries(database: Database) -> None:
    table = database.table("deliveries").create(
        {
            "id": int,
            "plan_id": int,
            "person_id": str,
            "day": str,
            "due_at": str,
            "next_at": str,
            "state": str,
            "tries": int,
            "resent": int,
            "reason": str,
            "began_at": str,
            "ended_at": str,
        },
        pk="id",
        not_null={"plan_id", "person_id", "day", "due_at", "next_at", "state", "tries", "resent", "reason"},
        defaults={"state": "planned", "tries": 0, "resent": 0, "reason": ""},
    )
    table.create_index(["plan_id", "person_id", "day"], unique=True)
    table.create_index(["state", "next_at"])
    table.create_index(["person_id", "state"])


@migrations(name="0063_own_tips")
def own_tips(database: Database) -> None:
    database.table("own_tips").create(
        {"id": int, "made_by": str, "text": str, "picture": str, "made_at": str, "retired_at": str},
        pk="id",
        not_null={"made_by", "text", "picture", "made_at"},
    ).create_index(["made_by"])


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


@migrations(name="0064_tip_writing")
def tip_writing(database: Database) -> None:
    database.table("tip_writing").create(
        {"person_id": str, "tip": int, "asked_at": str}, pk="person_id", not_null={"tip", "asked_at"}
    )


@migrations(name="0030_checklist_ticks")
def checklist_ticks(database: Database) -> None:
    database.table("checklist_ticks").create(
        {"person_id": str, "list": str, "item": str, "period": str, "ticked_at": str},
        pk=["person_id", "list", "item", "period"],
        not_null={"ticked_at"},
    )


@migrations(name="0031_checklist_items")
def checklist_items(database: Database) -> None:
    table = database.table("checklist_items").create(
        {"id": int, "person_id": str, "list": str, "text": bytes, "added_at": str},
        pk="id",
        not_null={"person_id", "list", "text", "added_at"},
    )
    table.create_index(["person_id", "list"])
