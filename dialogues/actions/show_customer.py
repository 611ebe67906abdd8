"""customers: one card, its data, or the list of all."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._members import speaker
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, say, show_in_place
from dialogues.labels import label
from store import customers
from store.customers import Customer
from store.database import database


class ActionShowCustomer(Action):
    def name(self) -> Text:
        return "action_show_customer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        customer = cards.of_id(tracker, context.entity(tracker, "customer"))
        if customer is None:
            _list(dispatcher, tracker)
            return []
        if context.entity(tracker, "part"):
            _show_data(dispatcher, customer)
        else:
            cards.show(dispatcher, customer, apart=context.entity(tracker, "apart") is not None)
        return [SlotSet("customer", str(customer.id))]


def _show_data(dispatcher: CollectingDispatcher, customer: Customer) -> None:
    keep = button(label("add_note"), "add_note", note=cards.note(customer, ""))
    back = button(label("back_to_card"), "show_customer", customer=customer.id)
    say(dispatcher, "utter_customer_data", (), [keep, back], **cards.data_values(customer))
    show_in_place(dispatcher)


def _list(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    found = list(customers.names(database(), context.person(tracker)).items())
    shown, number, last = page_of(found, context.entity(tracker, "page"))
    member = speaker(tracker)
    buttons = [
        *(button(name, "show_customer", customer=customer_id) for customer_id, name in shown),
        *page_buttons("show_customer", number, last),
        button(label("new_customer"), "add_customer"),
        *([button(label("shared_with_me"), "show_shared")] if member and member.manages else []),
    ]
    reply = "utter_customers" if found else "utter_no_customers"
    say(dispatcher, reply, (), buttons, count=len(found), page=number, pages=last)
    show_in_place(dispatcher)
