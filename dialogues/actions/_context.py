"""What an action knows of the conversation, and the log of what was asked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from dialogues.actions._reply import payload
from knowledge.loader import knowledge
from nlu.registry import registry
from store import people, questions
from store.clock import utc_now
from store.database import database

# In a button: words for a customer of any style.
NO_STYLE = "any"
ANSWERED, UNSURE, NONE = "answered", "unsure", "none"

# The intent of all objections that are a company's own.
OWN_OBJECTION = "own_objection"

# Of a row number; SQLite holds no more than 18 in any case.
MOST_DIGITS = 15


def person(tracker: Tracker) -> str:
    """Id of the person who speaks."""
    return people.person_of(tracker.sender_id)


def in_group(tracker: Tracker) -> bool:
    """Whether others read along."""
    return person(tracker) != tracker.sender_id


def intent(tracker: Tracker) -> str:
    """The intent of the latest message."""
    return str(tracker.latest_message["intent"].get("name"))


def confidence(tracker: Tracker) -> float:
    """How sure the understanding is of the latest message's intent, 0 to 1."""
    return float(tracker.latest_message["intent"].get("confidence") or 0.0)


def entity(tracker: Tracker, name: str) -> str | None:
    """The first value of an entity in the latest message."""
    return next(iter(tracker.get_latest_entity_values(name)), None)


def number(text: str | None) -> int | None:
    """A row number that a button carries; None for anything that cannot be one."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None


def is_unclear(tracker: Tracker) -> bool:
    """Whether the rep chose this reading by button because the words were unclear."""
    return entity(tracker, "unclear") is not None


def question_confidence(tracker: Tracker) -> float | None:
    """How sure it is that the rep asks this; None for a reading chosen by button."""
    return None if is_unclear(tracker) else confidence(tracker)


def text(tracker: Tracker) -> str:
    """What the rep typed: the latest message; for a reading chosen by button, the words that were unclear; or ""."""
    if is_unclear(tracker):
        return str(tracker.get_slot("unclear_text") or "")
    typed = str(tracker.latest_message.get("text") or "")
    return "" if typed.startswith("/") else typed


def advice_name(objection_id: str, style_id: str | None, number: int) -> str:
    """What a button under an advice carries, so that it still means that advice when others have followed."""
    return f"{objection_id}.{style_id or NO_STYLE}.{number}"


def advice_payload(objection_id: str, style_id: str | None = None, number: int | None = None) -> str:
    """What a button sends for an advice; a company's own objections share one intent and are named beside it.

    Without a style the one under discussion stays, without a number it is the first technique.
    """
    if objection_id in registry().intents:
        return payload(objection_id, style=style_id, rank=number)
    return payload(OWN_OBJECTION, advice=advice_name(objection_id, style_id, number or 0))


def _named_advice(tracker: Tracker) -> list[str]:
    """[objection, style, rank] of the advice that a button names; [] without one."""
    parts = (entity(tracker, "advice") or "").split(".")
    return parts if len(parts) == 3 else []


def objection(tracker: Tracker) -> str | None:
    """The objection under discussion, if it is one that the knowledge holds."""
    named = _named_advice(tracker)
    value = named[0] if named else tracker.get_slot("objection")
    return value if value in knowledge().objections else None


def style(tracker: Tracker) -> str | None:
    """The style of the customer under discussion, if it is one that the knowledge holds."""
    named = _named_advice(tracker)
    value = named[1] if named else tracker.get_slot("style")
    return value if value in knowledge().styles else None


def rank(tracker: Tracker) -> int:
    """The number of the technique meant: the one a button names, or the one shown last; 0 at first."""
    named = _named_advice(tracker)
    value = named[2] if named else entity(tracker, "rank") or tracker.get_slot("rank") or 0
    return int(value) if str(value).isdecimal() else 0


def spans(tracker: Tracker) -> list[tuple[str, int, int]]:
    """(entity, start, end) of what the words of the latest message name; of a button nothing."""
    message: dict[str, Any] = tracker.latest_message
    if not text(tracker) or is_unclear(tracker):
        return []
    return [
        (found["entity"], found["start"], found["end"]) for found in message.get("entities", []) if "start" in found
    ]


def record(tracker: Tracker, outcome: str, technique: str | None = None) -> None:
    """Log the question and what came of it; never the words."""
    question = questions.Question(
        sender_id=tracker.sender_id,
        intent=intent(tracker),
        outcome=outcome,
        objection=objection(tracker),
        style=style(tracker),
        technique=technique,
    )
    questions.record(database(), question, utc_now())
