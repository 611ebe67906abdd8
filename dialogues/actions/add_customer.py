"""customers: ask for the name of a new customer."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._personal import among_others
from dialogues.actions._reply import say
from dialogues.actions._words import wait_in
from knowledge.customer_card import customer_card
from store import customers
from store.database import database


class ActionAddCustomer(Action):
    def name(self) -> Text:
        return "action_add_customer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        rules = customer_card()
        if len(customers.names(database(), context.person(tracker))) >= rules.most_cards:
            say(dispatcher, "utter_customers_full", most=rules.most_cards)
            return []
        say(dispatcher, "utter_ask_customer_name", most=rules.most_name)
        return [SlotSet("note_place", None), *wait_in("note_form")]
