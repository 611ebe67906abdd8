"""practice: what the rep typed is the answer; a button, a command, “不练了” and “算了” are not."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._commands import command

# Longer texts that seem to say so are words to the customer: “算了，咱们先不谈价格”.
LEAVING = {"stop_drill": 12, "cancel": 5}


class ActionTakeAnswer(Action):
    def name(self) -> Text:
        return "action_take_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        typed = context.text(tracker)
        leaves = command(typed) is None and len(typed) <= LEAVING.get(context.intent(tracker), 0)
        return [SlotSet("practice_answer", typed)] if typed and not leaves else []
