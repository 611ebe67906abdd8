"""people: what was typed is the name; a button, a command and “算了” are not."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context


class ActionTakeName(Action):
    def name(self) -> Text:
        return "action_take_name"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        typed = context.text(tracker)
        return [SlotSet("new_name", typed)] if typed and context.intent(tracker) != "cancel" else []
