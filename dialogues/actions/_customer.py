"""The screens of a customer's card, shared by the actions that show or change one."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import Button, button, say, show_in_place
from dialogues.labels import label
from knowledge.customer_card import customer_card
from knowledge.loader import knowledge
from store import customers
from store.clock import utc_now
from store.customers import Card, Customer
from store.database import database

STYLE, TRUST, REMIND, SHARE, WHOLE = "style", "trust", "remind", "share", "all"
OBSERVATIONS, OBJECTIONS, NEXT_STEP = "observations", "objections", "next_step"
# On the card itself; the other fields, the material's kinds of data and the roles, have a screen of their own.
ON_CARD = (OBSERVATIONS, OBJECTIONS, NEXT_STEP)
SHOWN_ENTRIES, SHOWN_CHARACTERS, TITLE_CHARACTERS = 2, 40, 7


def of_id(tracker: Tracker, customer_id: str | None) -> Customer | None:
    """The customer of this id, if it is one of this person's."""
    number = context.number(customer_id)
    return customers.find(database(), context.person(tracker), number) if number else None


def pointed(tracker: Tracker) -> tuple[Customer | None, str, str]:
    """What a button points at, `<customer>.<field>.<value>`: the customer, if it is this person's, field and value."""
    customer_id, _, rest = (context.entity(tracker, "note") or "").partition(".")
    field, _, value = rest.partition(".")
    return of_id(tracker, customer_id), field, value


def note(customer: Customer, *parts: str | int) -> str:
    """What a button carries to point at a place of a card."""
    return ".".join(map(str, (customer.id, *parts)))


def keep(customer: Customer) -> Customer:
    """Keep a changed card."""
    customers.keep(database(), customer, utc_now())
    return customer


def show(dispatcher: CollectingDispatcher, customer: Customer, *, apart: bool = False) -> None:
    """Show a card to the rep whose it is, in the message whose button was pressed unless it is to stand apart."""
    reply = "utter_customer_shared" if customer.shared else "utter_customer"
    say(dispatcher, reply, (), _buttons(customer), **values(customer))
    if not apart:
        show_in_place(dispatcher)


def values(customer: Customer) -> dict[str, str | int | None]:
    """The card's own screen; "" for what is not known."""
    card, step = customer.card, short(customer.card, NEXT_STEP)
    return {
        "name": customer.name,
        "style": style_title(card),
        "seen": short(card, OBSERVATIONS),
        "trust": trust_title(card),
        "next_stage": _next_stage(card),
        "objections": short(card, OBJECTIONS),
        "next_step": step,
        "day": day_title(customer.remind_on) if step and customer.remind_on else None,
        "others": "、".join(f"{title} {n}" for title, n in _counts(card)) or None,
        "empty": None if any(card.notes.values()) or card.style or card.trust else " ",
    }


def data_values(customer: Customer) -> dict[str, str | int | None]:
    """The kinds of data and the roles."""
    fields = [name for name in customer_card().fields if name not in ON_CARD]
    return {"name": customer.name, **{name: short(customer.card, name) for name in fields}}


def style_title(card: Card) -> str:
    """The name of the customer's style; "" where it is not known."""
    style = knowledge().styles.get(card.style)
    return style.title if style else ""


def trust_title(card: Card) -> str:
    """The name of the stage of trust; "" where none is noted."""
    stage = customer_card().trust.get(card.trust)
    return stage.title if stage else ""


def day_title(day: date) -> str:
    """A day with its weekday."""
    name = customer_card().days.weekdays[day.weekday()]
    return label("day_of_week", month=day.month, day=day.day, name=name)


def titles(card: Card, field: str) -> list[str]:
    """The entries of a field; an objection that the coach knows by its title."""
    objections = knowledge().objections
    return [objections[text].title if text in objections else text for text in card.of(field)]


def short(card: Card, field: str) -> str:
    """The newest entries in one line."""
    text = "；".join(titles(card, field)[-SHOWN_ENTRIES:])
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def _counts(card: Card) -> list[tuple[str, int]]:
    fields = customer_card().fields.values()
    return [(field.title, len(card.of(field.id))) for field in fields if field.id not in ON_CARD and card.of(field.id)]


def _next_stage(card: Card) -> str:
    """By what sign the stage after the present one is known."""
    stages = list(customer_card().trust.values())
    places = [place for place, stage in enumerate(stages[:-1]) if stage.id == card.trust]
    return f"{stages[places[0] + 1].title}（{stages[places[0] + 1].sign}）" if places else ""


def _buttons(customer: Customer) -> list[Button]:
    return [
        button(label("add_note"), "add_note", note=note(customer, "")),
        button(label("next_step"), "add_note", note=note(customer, NEXT_STEP)),
        button(label("set_style"), "set_note", note=note(customer, STYLE)),
        button(label("set_trust"), "set_note", note=note(customer, TRUST)),
        button(label("customer_data"), "show_customer", customer=customer.id, part="data"),
        button(label("review"), "start_review", customer=customer.id),
        *_advice_buttons(customer.card),
        button(label("unshare" if customer.shared else "share"), "set_note", note=note(customer, SHARE)),
        button(label("delete"), "drop_note", note=note(customer, "")),
        button(label("customers"), "show_customer"),
    ]


def _advice_buttons(card: Card) -> list[Button]:
    """How to talk to such a customer, and what to say to the newest objection that the coach knows."""
    known = [text for text in card.of(OBJECTIONS) if text in knowledge().objections]
    styles = [button(label("how_to_talk"), "ask_customer_type", style=card.style)] if card.style else []
    return styles + [
        {
            "title": label("answer", objection=knowledge().objections[text].title),
            "payload": context.advice_payload(text, card.style or context.NO_STYLE),
        }
        for text in known[-1:]
    ]
