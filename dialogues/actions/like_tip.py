"""questions: a tip was useful."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _tips
from store import tips
from store.clock import utc_now
from store.database import database


class ActionLikeTip(Action):
    def name(self) -> Text:
        return "action_like_tip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        tip = _tips.named(tracker)
        if tip:
            tips.rate(database(), context.person(tracker), tip.id, 1, utc_now())
        dispatcher.utter_message(response="utter_tip_liked" if tip else "utter_tip_gone")
        return []
