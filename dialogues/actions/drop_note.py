"""customers: delete one entry or the whole card, after asking which one and whether."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, payload, say
from dialogues.labels import label
from knowledge.customer_card import customer_card
from store import customers
from store.customers import Customer
from store.database import database

TITLE_CHARACTERS = 20


class ActionDropNote(Action):
    def name(self) -> Text:
        return "action_drop_note"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        customer, field, number = cards.pointed(tracker)
        sure = context.entity(tracker, "sure") is not None
        if customer is None:
            return [FollowupAction("action_show_customer")]
        if field == cards.WHOLE:
            return _drop_card(dispatcher, customer, sure)
        _drop_entry(dispatcher, customer, field, number, sure)
        return []


def _drop_card(dispatcher: CollectingDispatcher, customer: Customer, sure: bool) -> List[EventType]:
    if sure:
        customers.drop(database(), customer)
        say(dispatcher, "utter_customer_dropped", (), [button(label("customers"), "show_customer")], name=customer.name)
        return []
    buttons = {
        "sure_button": payload("drop_note", note=cards.note(customer, cards.WHOLE), sure="1"),
        "back_button": payload("show_customer", customer=customer.id),
    }
    say(dispatcher, "utter_drop_customer_sure", name=customer.name, **buttons)
    return []


def _drop_entry(dispatcher: CollectingDispatcher, customer: Customer, field: str, number: str, sure: bool) -> None:
    """Of an entry that there is none of, the rep is asked which one is meant."""
    entries, place = cards.titles(customer.card, field), context.number(number)
    if place is None or place >= len(entries):
        _choose(dispatcher, customer, field, entries)
    elif sure:
        cards.show(dispatcher, cards.keep(_without(customer, field, place)))
    else:
        sure_button = payload("drop_note", note=cards.note(customer, field, place), sure="1")
        back_button = payload("show_customer", customer=customer.id)
        entry = entries[place]
        say(dispatcher, "utter_drop_note_sure", entry=entry, sure_button=sure_button, back_button=back_button)


def _without(customer: Customer, field: str, place: int) -> Customer:
    """Without a next step there is nothing to be reminded of."""
    day = None if field == cards.NEXT_STEP else customer.remind_on
    return replace(customer, card=customer.card.without_note(field, place), remind_on=day)


def _choose(dispatcher: CollectingDispatcher, customer: Customer, field: str, entries: list[str]) -> None:
    """Of a field with entries these; else the fields that have any, and the whole card."""
    if entries:
        buttons = [
            button(text[:TITLE_CHARACTERS], "drop_note", note=cards.note(customer, field, place))
            for place, text in enumerate(entries)
        ]
    else:
        buttons = [
            button(f"{known.title} {len(customer.card.of(name))}", "drop_note", note=cards.note(customer, name))
            for name, known in customer_card().fields.items()
            if customer.card.of(name)
        ]
        buttons.append(button(label("delete_card"), "drop_note", note=cards.note(customer, cards.WHOLE)))
    back = button(label("back_to_card"), "show_customer", customer=customer.id)
    say(dispatcher, "utter_choose_note", (), [*buttons, back], name=customer.name)
