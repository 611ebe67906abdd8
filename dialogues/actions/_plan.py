"""The plan that the bot asks about on behalf of its manager."""

from __future__ import annotations

from rasa_sdk import Tracker

from dialogues.actions import _context as context
from store import plans
from store.database import database
from store.plans import Plan

# The bot asks in a conversation of its own that no person can speak in.
SENDER = "plan:"


def asked_about(tracker: Tracker) -> Plan | None:
    """The plan; None where a person forged the question, for it tells about others."""
    number = context.number(str(tracker.sender_id).removeprefix(SENDER))
    return plans.get(database(), number) if tracker.sender_id == f"{SENDER}{number}" and number else None
