"""A customer of the rep's own whom a message names: what is noted of them serves the answer, and it is said so."""

from __future__ import annotations

from rasa_sdk import Tracker

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._reply import Button, button
from dialogues.labels import label
from knowledge.customer_card import named_in
from store import customers
from store.customers import Customer
from store.database import database


def mentioned(tracker: Tracker) -> Customer | None:
    """The customer whose name stands in the words typed. Never in a group, where others read along."""
    words = context.text(tracker)
    if not words or context.in_group(tracker):
        return None
    found = named_in(words, customers.names(database(), context.person(tracker)))
    return customers.find(database(), context.person(tracker), found) if found else None


def style_of(tracker: Tracker, customer: Customer | None) -> str | None:
    """The style that the words must fit: the one just said, the one noted, or the one said of this customer before.

    What was said of another customer does not count for one whose style is not known.
    """
    said = context.entity(tracker, "style")
    if customer is None or said:
        return context.style(tracker)
    before = tracker.get_slot("customer")
    return customer.card.style or (None if before and before != str(customer.id) else context.style(tracker))


def noted(customer: Customer) -> str:
    """What the card knows, in one line; "" for nothing yet."""
    card = customer.card
    known = [cards.style_title(card), cards.trust_title(card), *cards.titles(card, cards.OBJECTIONS)[-1:]]
    return " · ".join(filter(None, known))


def buttons(customer: Customer, objection: str | None) -> list[Button]:
    """To the card, and to note the objection there if there is a new one."""
    if objection is None or objection in customer.card.of(cards.OBJECTIONS):
        return [card_button(customer)]
    keep = button(label("note_on_card"), "set_note", note=cards.note(customer, cards.OBJECTIONS, objection))
    return [keep, card_button(customer)]


def card_button(customer: Customer) -> Button:
    """To the card, in a message of its own, so that the answer stays readable."""
    return button(f"📇 {customer.name}"[:12], "show_customer", customer=customer.id, apart=1)
