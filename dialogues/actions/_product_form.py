"""Writing a product card step by step: the question under way, the way on, the look at the whole before it is kept."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _facts as facts
from dialogues.actions import _products as screens
from dialogues.actions._reply import Button, button, payload, say
from dialogues.actions._words import wait_in
from dialogues.labels import labels
from knowledge.products import filling
from knowledge.products.card import JOINT, Card
from knowledge.products.sheet import sheet
from store import products
from store.clock import utc_now
from store.database import database
from store.people import Person
from store.products import Draft

FORM = "product_form"
REVIEW = "review"  # the step after the last question
DRAFT = "draft"  # in a button, the card being written in place of one that is kept


def go_to(dispatcher: CollectingDispatcher, tracker: Tracker, person: Person, draft: Draft) -> list[EventType]:
    """Keep where the manager is now, and ask, or show the whole."""
    products.save_draft(database(), person.id, draft, utc_now())
    return show(dispatcher, tracker, draft)


def show(dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft, refusal: str = "") -> list[EventType]:
    """The question under way, after a value was refused with the reason, or the whole card once all is asked."""
    if draft.step == REVIEW:
        values = screens.lines_of(Card(draft.product, draft.values), facts.today(tracker))
        edit = payload("edit_product", item=DRAFT)
        say(dispatcher, "utter_product_review", edit_button=edit, drop_button=_do("drop"), **values)
        return leave()
    field = sheet().fields[draft.step]
    number, count = filling.place(field.id)
    say(
        dispatcher,
        "utter_product_refused" if refusal else "utter_product_ask",
        (),
        _buttons(draft),
        refusal=refusal,
        name=draft.values.get("name", sheet().words["nameless"]),
        group=sheet().group_of(field.id).title,
        number=number,
        count=count,
        ask=field.ask,
        example=field.example,
        value=draft.values.get(field.id, "").replace(JOINT, screens.JOINT),
    )
    return wait_in(FORM)


def say_of(dispatcher: CollectingDispatcher, response: str, draft: Draft) -> list[EventType]:
    """A reply about the draft that asks for no words; whatever it offers is there."""
    name = draft.values.get("name", sheet().words["nameless"])
    buttons = {f"{do}_button": _do(do) for do in ("resume", "drop", "gone")}
    say(dispatcher, response, name=name, **buttons)
    return leave()


def leave() -> list[EventType]:
    """What is typed from now on is no answer."""
    return [SlotSet("words", None), ActiveLoop(None), SlotSet("requested_slot", None)]


def onward(draft: Draft) -> Draft:
    """The draft at its next question, or at the end."""
    return replace(draft, step=filling.following(draft.values, draft.step, draft.group) or REVIEW)


def skipped(draft: Draft) -> Draft:
    """On without a change; the half of a pair that cannot be filled takes the other half with it."""
    if draft.step in draft.values or not filling.is_second_half(draft.step):
        return onward(draft)
    return onward(replace(draft, values=filling.without(draft.values, draft.step)))


def cleared(draft: Draft) -> Draft:
    """On with this answer taken out."""
    return onward(replace(draft, values=filling.without(draft.values, draft.step)))


def back(draft: Draft) -> Draft:
    """At the question before; at the first one it stays."""
    return replace(draft, step=filling.before(draft.values, draft.step, draft.group) or draft.step)


def _do(what: str) -> str:
    return payload("fill_product", do=what)


def _buttons(draft: Draft) -> list[Button]:
    titles, field, known = labels("product"), sheet().fields[draft.step], draft.step in draft.values
    skip = "keep" if known else "give_up" if field.of else "skip"
    offered = [] if field.required and not known else [skip]
    if known and not field.required:
        offered.append("clear")
    if filling.before(draft.values, field.id, draft.group):
        offered.append("back")
    do = {"keep": "skip", "give_up": "skip"}
    steps = [button(titles[name], "fill_product", do=do.get(name, name), item=field.id) for name in offered]
    return [*steps, button(titles["stop"], "fill_product", do="stop")]
