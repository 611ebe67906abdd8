"""fallback: off topic gets one friendly line, unless the material surely answers it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._find import against, show_any, surely


class ActionStayInScope(Action):
    def name(self) -> Text:
        return "action_stay_in_scope"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        events = show_any(dispatcher, tracker, surely(context.text(tracker), against(tracker)))
        if events is not None:
            return events
        dispatcher.utter_message(response="utter_out_of_scope")
        context.record(tracker, context.NONE)
        return []
