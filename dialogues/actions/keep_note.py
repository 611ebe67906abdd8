"""customers: keep the name or note that was typed, and show the card."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._reply import say
from dialogues.actions._words import typed, wait_in
from dialogues.actions.set_note import ask_day, ask_style
from dialogues.boards import today
from knowledge.customer_card import customer_card
from knowledge.day_words import day_in
from knowledge.language import normalise
from knowledge.loader import knowledge
from store import customers
from store.clock import utc_now
from store.customers import Customer
from store.database import database


class ActionKeepNote(Action):
    def name(self) -> Text:
        return "action_keep_note"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words, place = " ".join(typed(tracker).split()), tracker.get_slot("note_place")
        if not words:
            return []
        if not place:
            return _keep_name(dispatcher, tracker, words)
        customer_id, _, field = str(place).partition(".")
        customer = cards.of_id(tracker, customer_id)
        if customer is None or field not in customer_card().fields:
            dispatcher.utter_message(response="utter_no_customers")
            return [SlotSet("words", None)]
        return _keep_note(dispatcher, tracker, customer, field, words)


def _keep_name(dispatcher: CollectingDispatcher, tracker: Tracker, name: str) -> List[EventType]:
    most, taken = customer_card().most_name, customers.names(database(), context.person(tracker)).values()
    if not 2 <= len(name) <= most or not name.isprintable():
        say(dispatcher, "utter_customer_name_wrong", most=most)
        return wait_in("note_form")
    if normalise(name) in map(normalise, taken):
        say(dispatcher, "utter_customer_name_taken", name=name)
        return wait_in("note_form")
    customer = customers.add(database(), context.person(tracker), name, utc_now())
    cards.show(dispatcher, customer)
    return [SlotSet("words", None), SlotSet("customer", str(customer.id))]


def _keep_note(
    dispatcher: CollectingDispatcher, tracker: Tracker, customer: Customer, field: str, words: str
) -> List[EventType]:
    most = customer_card().most_characters
    if len(words) > most:
        say(dispatcher, "utter_note_too_long", most=most)
        return wait_in("note_form")
    if field == cards.NEXT_STEP:
        _keep_step(dispatcher, tracker, customer, words)
    else:
        _keep_entry(dispatcher, tracker, customer, field, words)
    return [SlotSet("words", None)]


def _keep_step(dispatcher: CollectingDispatcher, tracker: Tracker, customer: Customer, words: str) -> None:
    """One next step at a time; the day that it names is when the rep is reminded."""
    card = customer.card.without_note(cards.NEXT_STEP, 0).with_note(cards.NEXT_STEP, words)
    day = day_in(normalise(words), today(context.person(tracker)), customer_card().days)
    customer = cards.keep(replace(customer, card=card, remind_on=day))
    if day:
        cards.show(dispatcher, customer)
    else:
        ask_day(dispatcher, customer)


def _keep_entry(dispatcher: CollectingDispatcher, tracker: Tracker, customer: Customer, field: str, words: str) -> None:
    heard = context.intent(tracker)
    known = field == cards.OBJECTIONS and heard in knowledge().objections
    customer = cards.keep(replace(customer, card=customer.card.with_note(field, heard if known else words)))
    guess = context.entity(tracker, "style") if field == cards.OBSERVATIONS else None
    if guess in knowledge().styles and guess != customer.card.style:
        ask_style(dispatcher, customer, guess)
    else:
        cards.show(dispatcher, customer)
