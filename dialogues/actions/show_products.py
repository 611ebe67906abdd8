"""product: all cards of the company, or the only one."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _product_form as form
from dialogues.actions import _products as screens
from store import products
from store.database import database


class ActionShowProducts(Action):
    def name(self) -> Text:
        return "action_show_products"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = screens.reader(dispatcher, tracker)
        if person is None:
            return []
        screens.show_all(dispatcher, tracker, context.entity(tracker, "page"))
        draft = products.draft_of(database(), person.id) if person.manages else None
        if draft:
            form.say_of(dispatcher, "utter_product_unfinished", draft)
        return []
