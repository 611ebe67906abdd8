"""product: what a file holds, before it is taken; or it is thrown away."""

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
from store.database import database


class ActionReviewProducts(Action):
    def name(self) -> Text:
        return "action_review_products"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = members.manager(dispatcher, tracker)
        if person is None:
            return []
        held = products.held_file(database(), person.id)
        if held is None:
            dispatcher.utter_message(response="utter_no_product_file")
        elif context.entity(tracker, "do") == "drop":
            products.drop_file(database(), person.id)
            dispatcher.utter_message(response="utter_product_file_dropped")
        else:
            _show(dispatcher, *held)
        return []


def _show(dispatcher: CollectingDispatcher, file_name: str, cards: List[Dict[str, str]]) -> None:
    changed = [card for card in cards if products.is_taken(database(), card["name"])]
    new = [card for card in cards if card not in changed]
    say(
        dispatcher,
        "utter_product_file",
        file=file_name,
        count=len(cards),
        new=screens.names(new, "new"),
        changed=screens.names(changed, "changed"),
        drop_button=payload("review_products", do="drop"),
    )
