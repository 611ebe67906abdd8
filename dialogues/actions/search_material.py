"""fallback: a search of the material for the words that were not understood."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._find import best, show_found


class ActionSearchMaterial(Action):
    def name(self) -> Text:
        return "action_search_material"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        unclear = str(tracker.get_slot("unclear_text") or "")
        if not unclear:
            dispatcher.utter_message(response="utter_nothing_before")
            return []
        events = show_found(dispatcher, tracker, best(unclear, preferred_label="search"))
        return [*events, SlotSet("unclear_text", None)]
