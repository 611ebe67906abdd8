"""forms: what the rep typed is what the form waits for; buttons, commands and clear words of leaving are not."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._words import SLOT

# Intent → characters up to which such words leave the form; longer ones are content: “算了，客户说先不谈价格”.
LEAVING = {"cancel": 8, "stop_drill": 8, "start_drill": 8, "ask_progress": 8, "help": 6}


class ActionTakeWords(Action):
    def name(self) -> Text:
        return "action_take_words"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = context.text(tracker)
        if not words or len(words) <= LEAVING.get(context.intent(tracker), 0):
            return []
        return [SlotSet(SLOT, _as_typed(tracker) or words)]


def _as_typed(tracker: Tracker) -> str:
    """The words with their line breaks, which the understanding does not keep."""
    users = (event["text"] for event in reversed(tracker.events) if event["event"] == "user")
    return str(next(users, None) or "")
