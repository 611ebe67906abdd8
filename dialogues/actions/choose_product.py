"""product: the card that this person's words to say are filled from."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _products as screens
from dialogues.actions._reply import say
from store import products
from store.database import database


class ActionChooseProduct(Action):
    def name(self) -> Text:
        return "action_choose_product"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = screens.reader(dispatcher, tracker)
        card = screens.named(dispatcher, tracker) if person else None
        if person is None or card is None:
            return []
        products.choose(database(), person.id, card.id)
        say(dispatcher, "utter_product_chosen", name=card.name)
        return [SlotSet("product_card", None)]
