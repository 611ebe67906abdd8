"""What is personal is shown to that person alone, never in a group."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context


def among_others(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Whether this is a group; if so it is said that this is for the private chat."""
    if context.in_group(tracker):
        dispatcher.utter_message(response="utter_private_only")
    return context.in_group(tracker)
