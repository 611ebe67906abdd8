"""Numbered schema changes, applied in order inside a transaction each; append, never edit."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey
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


@migrations(name="0005_drills")
def drills(database: Database) -> None:
    table = database.table("drills").create(
        {
            "id": int,
            "sender_id": str,
            "person_id": str,
            "scenario": str,
            "level": int,
            "state": str,
            "status": str,
            "shown": bytes,
            "total": int,
            "started_at": str,
            "updated_at": str,
        },
        pk="id",
        not_null={"sender_id", "person_id", "scenario", "level", "state", "status", "started_at", "updated_at"},
    )
    table.create_index(["sender_id", "status"])
    table.create_index(["person_id", "started_at"])


@migrations(name="0006_attempts")
def attempts(database: Database) -> None:
    table = database.table("attempts").create(
        {
            "id": int,
            "drill_id": int,
            "person_id": str,
            "turn": int,
            "try": int,
            "counts": int,
            "scenario": str,
            "objection": str,
            "style": str,
            "industry": str,
            "level": int,
            "total": int,
            "unscorable": str,
            "reaction": str,
            "before": str,
            "words": bytes,
            "answered_at": str,
        },
        pk="id",
        not_null={"person_id", "turn", "try", "counts", "objection", "answered_at"},
        # With a drill go its answers, with an answer its checks and appeals.
        foreign_keys=[ForeignKey("attempts", "drill_id", "drills", "id", on_delete="CASCADE")],
    )
    table.create_index(["person_id", "answered_at"])
    table.create_index(["drill_id", "turn"])
    # Rounds from before there were scores: they count as practised, without a total.
    database.execute(
        """insert into attempts (id, person_id, turn, try, counts, objection, style, answered_at)
           select id, substr(sender_id, instr(sender_id, ':') + 1), 1, 1, 1, objection, style, practised_at
           from practice"""
    )
    database.table("practice").drop()


@migrations(name="0007_attempt_checks")
def attempt_checks(database: Database) -> None:
    table = database.table("attempt_checks").create(
        {"attempt_id": int, "check_id": str, "kind": str, "verdict": str, "points": float, "max_points": float},
        pk=("attempt_id", "check_id"),
        not_null={"kind", "verdict", "points", "max_points"},
        foreign_keys=[ForeignKey("attempt_checks", "attempt_id", "attempts", "id", on_delete="CASCADE")],
    )
    table.create_index(["check_id", "verdict"])


@migrations(name="0008_appeals")
def appeals(database: Database) -> None:
    table = database.table("appeals").create(
        {
            "id": int,
            "attempt_id": int,
            "check_id": str,
            "person_id": str,
            "given": str,
            "filed_at": str,
            "verdict": str,
            "decided_by": str,
            "decided_at": str,
        },
        pk="id",
        not_null={"attempt_id", "check_id", "person_id", "given", "filed_at"},
        foreign_keys=[ForeignKey("appeals", "attempt_id", "attempts", "id", on_delete="CASCADE")],
    )
    table.create_index(["attempt_id", "check_id", "person_id"], unique=True)


@migrations(name="0009_drill_settings")
def drill_settings(database: Database) -> None:
    database.table("drill_settings").create({"person_id": str, "coaching": int}, pk="person_id", not_null={"coaching"})


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


@migrations(name="0051_own_tables")
def own_tables(database: Database) -> None:
    database.table("own_tables").create(
        {"id": int, "name": str, "state": str, "rows": str, "summary": str, "added_by": str, "added_at": str},
        pk="id",
        not_null={"name", "state", "rows", "summary", "added_by", "added_at"},
    ).create_index(["state"])


@migrations(name="0052_own_trainings")
def own_trainings(database: Database) -> None:
    database.table("own_trainings").create(
        {"model": str, "person_id": str, "table_id": int, "state": str, "told": int, "at": str},
        pk="model",
        not_null={"person_id", "table_id", "state", "told", "at"},
        defaults={"told": 0},
    )
