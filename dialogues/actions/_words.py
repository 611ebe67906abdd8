"""Forms that wait for typed words. An action asks and opens the form; what is typed next is in the slot `words`.

A button or command of something else is answered, and the form is gone (`action_ask_words`).
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet

SLOT = "words"


def wait_in(form: str) -> list[EventType]:
    """Open a form after its question was asked; the last events of an action."""
    return [
        SlotSet(SLOT, None),
        ActiveLoop(form),
        SlotSet("requested_slot", SLOT),
        FollowupAction("action_listen"),
    ]


def typed(tracker: Tracker) -> str:
    """What was typed for the form that has just closed; "" where it was left instead."""
    return str(tracker.get_slot(SLOT) or "")
