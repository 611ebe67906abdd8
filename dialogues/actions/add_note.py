"""customers: show a field of a card and ask for an entry; without a field, which one."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _customer as cards
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, say
from dialogues.actions._words import wait_in
from dialogues.labels import label
from knowledge.customer_card import Field, customer_card
from store.customers import Customer


class ActionAddNote(Action):
    def name(self) -> Text:
        return "action_add_note"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        customer, place, _ = cards.pointed(tracker)
        if customer is None:
            return [FollowupAction("action_show_customer")]
        field = customer_card().fields.get(place)
        if field is None:
            _choose(dispatcher, customer)
            return []
        entries = customer.card.of(field.id)
        if field.id != cards.NEXT_STEP and len(entries) >= customer_card().most_entries:
            drop = button(label("delete_one"), "drop_note", note=cards.note(customer, ""))
            say(dispatcher, "utter_notes_full", (), [drop], title=field.title, most=customer_card().most_entries)
            return []
        _ask(dispatcher, customer, field)
        return [SlotSet("note_place", cards.note(customer, field.id)), *wait_in("note_form")]


def _choose(dispatcher: CollectingDispatcher, customer: Customer) -> None:
    fields = [
        button(f"{field.title} {len(customer.card.of(field.id)) or ''}".strip(), "add_note", note=place)
        for field in customer_card().fields.values()
        for place in [cards.note(customer, field.id)]
    ]
    back = button(label("back_to_card"), "show_customer", customer=customer.id)
    say(dispatcher, "utter_choose_field", (), [*fields, back], name=customer.name)


def _ask(dispatcher: CollectingDispatcher, customer: Customer, field: Field) -> None:
    say(
        dispatcher,
        "utter_ask_note",
        (),
        [button(label("back_to_card"), "show_customer", customer=customer.id)],
        name=customer.name,
        title=field.title,
        entries="\n".join(f"· {text}" for text in cards.titles(customer.card, field.id)),
        ask=field.ask,
        most=customer_card().most_characters,
    )
