"""customers: what is chosen by button: style, stage of trust, an objection heard, the day of the reminder, sharing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, payload, say
from dialogues.boards import today
from dialogues.labels import label
from knowledge.customer_card import customer_card
from knowledge.loader import knowledge
from store.customers import Customer

ON, OFF, DONE = "1", "0", "done"


class ActionSetNote(Action):
    def name(self) -> Text:
        return "action_set_note"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        customer, field, value = cards.pointed(tracker)
        if customer is None or field not in _SET:
            return [FollowupAction("action_show_customer")]
        _SET[field](dispatcher, _with_what_was_seen(tracker, customer, field), value)
        return [SlotSet("customer", str(customer.id)), SlotSet("seen", None)]


def ask_style(dispatcher: CollectingDispatcher, customer: Customer, guess: str | None = None) -> None:
    """Offer the five styles; the one that what was seen speaks for stands first."""
    styles = sorted(knowledge().styles.values(), key=lambda style: style.id != guess)
    buttons = [button(style.title, "set_note", note=cards.note(customer, cards.STYLE, style.id)) for style in styles]
    back = button(label("not_yet"), "show_customer", customer=customer.id)
    like = knowledge().styles[guess].title if guess else None
    say(dispatcher, "utter_ask_customer_style", (), [*buttons, back], name=customer.name, like=like)


def ask_day(dispatcher: CollectingDispatcher, customer: Customer) -> None:
    """Offer days for the reminder of the next step."""
    choices = [
        button(title, "set_note", note=cards.note(customer, cards.REMIND, days))
        for title, days in customer_card().days.choices
    ]
    none = button(label("no_reminder"), "set_note", note=cards.note(customer, cards.REMIND, OFF))
    say(dispatcher, "utter_ask_remind", (), [*choices, none], name=customer.name)


def _with_what_was_seen(tracker: Tracker, customer: Customer, field: str) -> Customer:
    """A style that follows from a description is kept together with it; the words are lost by a restart."""
    customer_id, _, seen = str(tracker.get_slot("seen") or "").partition(":")
    full = len(customer.card.of(cards.OBSERVATIONS)) >= customer_card().most_entries
    if field != cards.STYLE or customer_id != str(customer.id) or full:
        return customer
    text = seen[: customer_card().most_characters]
    return replace(customer, card=customer.card.with_note(cards.OBSERVATIONS, text))


def _style(dispatcher: CollectingDispatcher, customer: Customer, value: str) -> None:
    if value in knowledge().styles:
        cards.show(dispatcher, cards.keep(replace(customer, card=replace(customer.card, style=value))))
    else:
        ask_style(dispatcher, customer)


def _trust(dispatcher: CollectingDispatcher, customer: Customer, value: str) -> None:
    stages = customer_card().trust
    if value in stages:
        cards.show(dispatcher, cards.keep(replace(customer, card=replace(customer.card, trust=value))))
        return
    buttons = [
        button(stage.title, "set_note", note=cards.note(customer, cards.TRUST, stage.id)) for stage in stages.values()
    ]
    signs = "\n".join(f"· {stage.title}：{stage.sign}" for stage in stages.values())
    back = button(label("back_to_card"), "show_customer", customer=customer.id)
    say(dispatcher, "utter_ask_customer_trust", (), [*buttons, back], name=customer.name, stages=signs)


def _objection(dispatcher: CollectingDispatcher, customer: Customer, value: str) -> None:
    objection = knowledge().objections.get(value)
    if objection is None:
        cards.show(dispatcher, customer)
        return
    entries = customer.card.of(cards.OBJECTIONS)
    if value not in entries and len(entries) >= customer_card().most_entries:
        customer = replace(customer, card=customer.card.without_note(cards.OBJECTIONS, 0))
    cards.keep(replace(customer, card=customer.card.with_note(cards.OBJECTIONS, value)))
    back = button(label("his_card"), "show_customer", customer=customer.id)
    say(dispatcher, "utter_objection_noted", (), [back], name=customer.name, title=objection.title)


def _remind(dispatcher: CollectingDispatcher, customer: Customer, value: str) -> None:
    days = context.number(value)
    offered = {days for _, days in customer_card().days.choices}
    if days in offered:
        day = today(customer.person_id) + timedelta(days=days)
        cards.show(dispatcher, cards.keep(replace(customer, remind_on=day)))
    elif value == OFF:
        cards.show(dispatcher, cards.keep(replace(customer, remind_on=None)))
    else:
        ask_day(dispatcher, customer)


def _step(dispatcher: CollectingDispatcher, customer: Customer, value: str) -> None:
    """The next step is done, and with it the reminder."""
    if value == DONE:
        customer = cards.keep(replace(customer, card=customer.card.without_note(cards.NEXT_STEP, 0), remind_on=None))
    cards.show(dispatcher, customer)


def _share(dispatcher: CollectingDispatcher, customer: Customer, value: str) -> None:
    if customer.shared or value == ON:
        cards.show(dispatcher, cards.keep(replace(customer, shared=value == ON)))
        return
    sure, back = cards.note(customer, cards.SHARE, ON), payload("show_customer", customer=customer.id)
    sure_button = payload("set_note", note=sure)
    say(dispatcher, "utter_share_sure", name=customer.name, sure_button=sure_button, back_button=back)


_SET: Mapping[str, Callable[[CollectingDispatcher, Customer, str], None]] = {
    cards.STYLE: _style,
    cards.TRUST: _trust,
    cards.OBJECTIONS: _objection,
    cards.NEXT_STEP: _step,
    cards.REMIND: _remind,
    cards.SHARE: _share,
}
