"""customers: the next step that is for today; asked by the bot (bot/reminders.py), not by a person."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._mentioned import card_button, noted
from dialogues.actions._reply import button, say
from dialogues.actions._today import drill_button
from dialogues.actions.set_note import DONE
from dialogues.labels import label
from knowledge.loader import knowledge


class ActionRemindCustomer(Action):
    def name(self) -> Text:
        return "action_remind_customer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        customer = cards.of_id(tracker, context.entity(tracker, "customer"))
        if customer is None:
            dispatcher.utter_message(response="utter_no_customers")
            return []
        known = [name for name in customer.card.of(cards.OBJECTIONS) if name in knowledge().objections]
        buttons = [
            card_button(customer),
            button(label("step_done"), "set_note", note=cards.note(customer, cards.NEXT_STEP, DONE)),
            button(label("remind_later"), "set_note", note=cards.note(customer, cards.REMIND)),
            *map(drill_button, known[-1:]),
        ]
        step = cards.short(customer.card, cards.NEXT_STEP)
        say(dispatcher, "utter_remind_customer", (), buttons, name=customer.name, step=step, noted=noted(customer))
        return []
