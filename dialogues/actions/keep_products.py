"""product: all cards of the file that its sender has looked at are taken."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _members as members
from dialogues.actions._reply import say
from store import products
from store.clock import utc_now
from store.database import database


class ActionKeepProducts(Action):
    def name(self) -> Text:
        return "action_keep_products"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = members.manager(dispatcher, tracker)
        held = products.held_file(database(), person.id) if person else None
        if person is None:
            return []
        if held is None:
            dispatcher.utter_message(response="utter_no_product_file")
            return []
        with database().atomic():
            products.save_all(database(), person.id, held[1], utc_now())
            products.drop_file(database(), person.id)
        say(dispatcher, "utter_product_file_kept", count=len(held[1]))
        return []
