"""Product cards on the screen: one card in full, the list, and who may do what with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions._members import speaker
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._personal import among_others
from dialogues.actions._reply import Button, button, say
from dialogues.labels import labels
from knowledge.products.card import Card, Promotion
from knowledge.products.facts import of_card, spoken_day
from knowledge.products.filling import missing
from knowledge.products.sheet import sheet
from store.people import Person

JOINT = "、"


def reader(dispatcher: CollectingDispatcher, tracker: Tracker) -> Person | None:
    """The member who looks, in a private chat; otherwise says why nothing is shown."""
    person = speaker(tracker)
    if person is None:
        dispatcher.utter_message(response="utter_members_only")
        return None
    return None if among_others(dispatcher, tracker) else person


def named(dispatcher: CollectingDispatcher, tracker: Tracker) -> Card | None:
    """The card that a button names; otherwise says that there is none."""
    number = context.number(context.entity(tracker, "item"))
    found = next((card for card in facts.every_card() if card.id == number), None)
    if found is None:
        dispatcher.utter_message(response="utter_no_such_product")
    return found


def show(dispatcher: CollectingDispatcher, tracker: Tracker, card: Card) -> None:
    """One card with what this person may do with it."""
    using = facts.current(tracker, facts.every_card())
    is_current = using is not None and using.id == card.id
    mark = sheet().words["current"] if is_current else " "
    buttons = _choices(tracker, card, is_current)
    say(dispatcher, "utter_product", (), buttons, current=mark, **lines_of(card, facts.today(tracker)))


def show_all(dispatcher: CollectingDispatcher, tracker: Tracker, page: str | None) -> None:
    """The list, a page at a time; of a single card that card."""
    cards = facts.every_card()
    if len(cards) == 1:
        show(dispatcher, tracker, cards[0])
        return
    if not cards:
        response = "utter_no_products_yet" if _manages(tracker) else "utter_no_products"
        say(dispatcher, response, (), managing(tracker))
        return
    shown, number, last = page_of(cards, page)
    body = "\n".join(_listed(card, facts.current(tracker, cards)) for card in shown)
    chosen = [button(card.name, "show_product", item=card.id) for card in shown]
    buttons = [*chosen, *page_buttons("show_products", number, last), *managing(tracker)]
    say(dispatcher, "utter_products", (), buttons, body=body, page=number, pages=last, hint=_hint(tracker))


def lines_of(card: Card, today: date) -> dict[str, Any]:
    """The lines of a card's screen; what the card does not say has no line."""
    words, values = sheet().words, of_card(card, today)
    over = [promotion.text for promotion in card.promotions if promotion.end < today]
    return {
        "name": card.name or words["nameless"],
        "aliases": JOINT.join(card.names[1:]),
        "price": values.get("price"),
        "years": card.years,
        "unit_price": values.get("unit_price"),
        "strengths": "\n".join(words["strength"].format(text=s.text, proof=s.proof) for s in card.strengths),
        "differences": "\n".join(
            words["difference"].format(name=c.name, difference=c.difference) for c in card.competitors
        ),
        "promotions": "\n".join(_promotion(promotion, today) for promotion in card.in_force(today)),
        "over": JOINT.join(over),
        "services": JOINT.join(card.services),
        "warranty": card.warranty,
        "missing": JOINT.join(missing(card.values)),
    }


def managing(tracker: Tracker) -> list[Button]:
    """What a manager may do beside the cards."""
    return [button(labels("product")["add"], "fill_product")] if _manages(tracker) else []


def names(cards: Sequence[Mapping[str, str]], form: str) -> str | None:
    """The names of a file's cards in one line; None for none."""
    first, rest = [card["name"] for card in cards[:5]], len(cards) > 5
    text = JOINT.join(first)
    if rest:
        text = sheet().words["names_more"].format(names=text, count=len(cards))
    return sheet().words[form].format(names=text) if cards else None


def _choices(tracker: Tracker, card: Card, is_current: bool) -> list[Button]:
    titles = labels("product")
    use = [] if is_current else [button(titles["use"], "choose_product", item=card.id)]
    every = [button(titles["all"], "show_products")] if len(facts.every_card()) > 1 else []
    if not _manages(tracker):
        return [*use, *every]
    edit = button(titles["edit"], "edit_product", item=card.id)
    drop = button(titles["drop"], "drop_product", item=card.id)
    return [*use, edit, drop, *every, *managing(tracker)]


def _manages(tracker: Tracker) -> bool:
    person = speaker(tracker)
    return person is not None and person.manages


def _hint(tracker: Tracker) -> str | None:
    return sheet().words["file_hint"] if _manages(tracker) else None


def _listed(card: Card, using: Card | None) -> str:
    words = sheet().words
    mark = words["mark"] if using and using.id == card.id else ""
    return words["listed"].format(mark=mark, name=card.name, price=card.values.get("price", words["no_price"]))


def _promotion(promotion: Promotion, today: date) -> str:
    return sheet().words["promotion"].format(text=promotion.text, deadline=spoken_day(promotion.end, today))
