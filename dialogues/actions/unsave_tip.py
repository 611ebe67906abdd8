"""questions: keep a tip no longer."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from store import tips
from store.database import database


class ActionUnsaveTip(Action):
    def name(self) -> Text:
        return "action_unsave_tip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        tips.unsave(database(), context.person(tracker), str(context.entity(tracker, "tip")))
        dispatcher.utter_message(response="utter_tip_unsaved")
        return []
