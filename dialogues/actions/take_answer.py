"""practice: what the rep typed is the answer; a button, a command, “不练了” and “算了” are not."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context

LEAVING = ("stop_drill", "cancel")


class ActionTakeAnswer(Action):
    def name(self) -> Text:
        return "action_take_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        typed = context.text(tracker)
        return [SlotSet("practice_answer", typed)] if typed and context.intent(tracker) not in LEAVING else []
