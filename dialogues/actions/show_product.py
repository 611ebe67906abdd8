"""product: one card."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _products as screens


class ActionShowProduct(Action):
    def name(self) -> Text:
        return "action_show_product"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        card = screens.named(dispatcher, tracker) if screens.reader(dispatcher, tracker) else None
        if card:
            screens.show(dispatcher, tracker, card)
        return []
