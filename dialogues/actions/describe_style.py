"""visit_help: how to approach a customer style that was named, or read from a description."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions import _facts as facts
from dialogues.actions._find import against, show_found, surely
from dialogues.actions._mentioned import card_button, mentioned, noted
from dialogues.actions._reply import Button, button, lines, payload, say
from dialogues.actions.choose_style import offer_styles
from dialogues.labels import label
from knowledge.loader import knowledge
from knowledge.models import StyleGuide
from knowledge.wording import cite, fill
from store.customers import Customer


class ActionDescribeStyle(Action):
    def name(self) -> Text:
        return "action_describe_style"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        customer = mentioned(tracker)
        guide = knowledge().styles.get(context.entity(tracker, "style") or (customer.card.style if customer else ""))
        if guide is None:
            hits = surely(context.text(tracker), against(tracker), kinds=("card",))
            if hits:
                return show_found(dispatcher, tracker, hits)
            offer_styles(dispatcher)
            return []
        guessed = context.intent(tracker) == "describe_customer"
        reply = "utter_style_guess" if guessed else "utter_style_guide"
        _show(dispatcher, guide, reply, facts.of_card(tracker), customer)
        events: List[EventType] = [SlotSet("topic", "style"), SlotSet("style", guide.id), SlotSet("shown", guide.id)]
        context.record(tracker, context.ANSWERED)
        return [*events, *(_remember(tracker, customer) if customer else [])]


def _remember(tracker: Tracker, customer: Customer) -> List[EventType]:
    """Who was described and with what words, for the case that the rep notes the style."""
    return [SlotSet("customer", str(customer.id)), SlotSet("seen", f"{customer.id}:{context.text(tracker)}")]


def _for_card(customer: Customer, style: str) -> List[Button]:
    """To the card; to note there what was just read from a description."""
    note = cards.note(customer, cards.STYLE, style)
    keep = [button(label("note_on_card"), "set_note", note=note)] if customer.card.style != style else []
    return [*keep, card_button(customer)]


def _show(
    dispatcher: CollectingDispatcher,
    guide: StyleGuide,
    response: str,
    values: facts.Values,
    customer: Customer | None,
) -> None:
    known = knowledge()
    say(
        dispatcher,
        response,
        guide.sources,
        _for_card(customer, guide.id) if customer else (),
        customer=customer.name if customer else None,
        noted=noted(customer) if customer else None,
        title=guide.title,
        names="、".join(name.name for name in guide.names if name.name != guide.title) or guide.title,
        wants=guide.wants,
        talk=lines(guide.talk),
        avoid=lines(guide.avoid),
        opening=fill(guide.opening, known, values),
        source=cite(guide.sources, known, limit=1),
        details_button=payload("show_page", card=guide.id, page=1),
        price_button=payload("too_expensive", style=guide.id),
        think_button=payload("think_it_over", style=guide.id),
    )


def show_details(dispatcher: CollectingDispatcher, guide: StyleGuide) -> None:
    """The second page of a style: how to recognise it, what to prepare, its names in the texts."""
    known = knowledge()
    say(
        dispatcher,
        "utter_style_details",
        guide.sources,
        title=guide.title,
        recognise=lines(guide.recognise),
        prepare=lines(guide.prepare),
        names="；".join(
            label("named_in_material", seed=known.sources[name.source].seed, name=name.name) for name in guide.names
        ),
        note=guide.note,
        caution=guide.caution,
        source=cite(guide.sources, known, limit=2),
        guide_button=payload("ask_customer_type", style=guide.id),
    )
