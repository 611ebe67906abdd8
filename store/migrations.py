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
