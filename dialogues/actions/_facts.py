"""What fills the open slots of words to say: what the rep named, else the product card in use."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from dialogues.actions import _context as context
from dialogues.actions._members import speaker
from knowledge.products import facts
from knowledge.products.card import Card
from nlu.registry import registry
from store import preferences, products
from store.clock import utc_now
from store.database import database

Values = dict[str, str]


def of(tracker: Tracker, objection: str | None = None) -> Values:
    """Values for open slots in words against this objection, or the one under discussion; {} for strangers."""
    if speaker(tracker) is None:
        return {}
    card, named = card_of(tracker), _named(tracker, objection or context.objection(tracker))
    from_card = facts.of_card(card, today(tracker)) if card else {}
    if card and _product_in_text(tracker):
        named = {**named, "product": card.name}
    return {**from_card, **named}


def of_card(tracker: Tracker) -> Values:
    """The same without what the rep named: in a drill no message speaks of a real customer."""
    card = card_of(tracker) if speaker(tracker) else None
    return facts.of_card(card, today(tracker)) if card else {}


def line(tracker: Tracker, objection: str, values: Values) -> str | None:
    """What the card in use says for use against this objection."""
    card = card_of(tracker) if values else None
    return facts.line(card, objection, values) if card else None


def remember(tracker: Tracker) -> list[EventType]:
    """Slots by which “换一个” still speaks of the product and the figures that were named before."""
    found = _product_in_text(tracker)
    chosen = [SlotSet("product_card", str(found.id))] if found else []
    named = _named(tracker, context.objection(tracker))
    return [*chosen, SlotSet("named", named)] if _is_new(tracker) else chosen


def card_of(tracker: Tracker) -> Card | None:
    """The product named now or before in this conversation, else the person's current one, else the only one."""
    cards = every_card()
    found = _product_in_text(tracker)
    wanted = str(tracker.get_slot("product_card") or "")
    before = next((card for card in cards if str(card.id) == wanted), None)
    return found or before or current(tracker, cards)


def current(tracker: Tracker, cards: list[Card]) -> Card | None:
    """The card that the person chose, else the only one."""
    chosen = products.chosen(database(), context.person(tracker))
    own = next((card for card in cards if card.id == chosen), None)
    return own or (cards[0] if len(cards) == 1 else None)


def every_card() -> list[Card]:
    """All cards of the company, by name."""
    return [Card(product.id, product.values) for product in products.every(database())]


def today(tracker: Tracker) -> date:
    """The date on the person's wall."""
    return preferences.of(database(), context.person(tracker)).local(utc_now()).date()


def _product_in_text(tracker: Tracker) -> Card | None:
    text = context.text(tracker)
    return facts.product_in(text, every_card()) if text else None


def _is_new(tracker: Tracker) -> bool:
    """Whether the message tells of a customer; a button and “换一个” refer to what was told before."""
    entry = registry().intents.get(context.intent(tracker))
    return bool(context.text(tracker)) and entry is not None and entry.is_objection


def _named(tracker: Tracker, objection: str | None) -> Values:
    """What the message names, or the one before that it refers to."""
    if not _is_new(tracker):
        return dict(tracker.get_slot("named") or {})
    text = context.text(tracker)
    found = [facts.Named(entity, text[start:end], start) for entity, start, end in context.spans(tracker)]
    named, card = facts.of_message(text, found, objection), card_of(tracker)
    competitor = facts.competitor_in(text, card) if card else None
    return {**named, "competitor": competitor} if competitor else named
