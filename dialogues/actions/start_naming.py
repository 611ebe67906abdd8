"""people: a name is to be typed: the own one, or a new team's (admins)."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.labels import labels


class ActionStartNaming(Action):
    def name(self) -> Text:
        return "action_start_naming"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        titles = labels("names_asked")
        asked = context.entity(tracker, "what") or ""
        what = asked if asked in titles else "me"
        return [SlotSet("naming", what), SlotSet("naming_title", titles[what]), SlotSet("new_name", None)]
