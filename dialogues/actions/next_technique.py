"""follow_up: the next technique for the objection under discussion."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _objection_card as card


class ActionNextTechnique(Action):
    def name(self) -> Text:
        return "action_next_technique"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if tracker.get_slot("topic") != "objection" or context.objection(tracker) is None:
            dispatcher.utter_message(response="utter_nothing_before")
            return []
        events = card.show(dispatcher, tracker, context.rank(tracker) + 1, context.style(tracker))
        still_objecting = context.intent(tracker) == "still_objecting"
        return [*events, SlotSet("pushed_back", True)] if still_objecting else events
