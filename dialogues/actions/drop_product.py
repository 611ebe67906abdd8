"""product: a card is deleted, after asking once."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _members as members
from dialogues.actions import _products as screens
from dialogues.actions._reply import payload, say
from store import products
from store.clock import utc_now
from store.database import database


class ActionDropProduct(Action):
    def name(self) -> Text:
        return "action_drop_product"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        manager = members.manager(dispatcher, tracker)
        card = screens.named(dispatcher, tracker) if manager else None
        if manager is None or card is None:
            return []
        if context.entity(tracker, "sure"):
            products.drop(database(), manager.id, card.id, utc_now())
            say(dispatcher, "utter_product_dropped", name=card.name)
        else:
            sure, back = payload("drop_product", item=card.id, sure="1"), payload("show_product", item=card.id)
            say(dispatcher, "utter_product_drop_sure", name=card.name, sure_button=sure, back_button=back)
        return []
