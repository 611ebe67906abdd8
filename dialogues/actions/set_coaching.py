"""practice: the line of coaching after each answer, on or off."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from store import drills
from store.database import database


class ActionSetCoaching(Action):
    def name(self) -> Text:
        return "action_set_coaching"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        wanted = context.entity(tracker, "wanted") != "0"
        drills.set_coaching(database(), context.person(tracker), wanted)
        other = payload("set_coaching", wanted=int(not wanted))
        say(dispatcher, "utter_coaching_on" if wanted else "utter_coaching_off", coaching_button=other)
        return []
