"""questions: a tip chosen by button, for example from those that were kept."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _tips
from store import tips
from store.database import database


class ActionShowTip(Action):
    def name(self) -> Text:
        return "action_show_tip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        tip = _tips.named(tracker)
        if tip is None:
            dispatcher.utter_message(response="utter_tip_gone")
            return []
        return _tips.show(dispatcher, tip, tip.id in tips.saved(database(), context.person(tracker)))
