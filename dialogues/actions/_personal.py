"""What is personal is shown to that person alone, never in a group."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher


def among_others(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Whether this is a group; if so it is said that this is for the private chat."""
    in_group = ":" in tracker.sender_id
    if in_group:
        dispatcher.utter_message(response="utter_private_only")
    return in_group
