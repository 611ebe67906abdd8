"""smalltalk: a fresh start; what was said before no longer counts."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

CONTEXT = ("topic", "objection", "style", "rank", "shown", "pushed_back", "product_card", "named")


class ActionForgetContext(Action):
    def name(self) -> Text:
        return "action_forget_context"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        return [SlotSet(name, None) for name in CONTEXT]
