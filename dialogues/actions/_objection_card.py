"""The screen of advice on an objection, shared by the actions that show one."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions import _mentioned as mentions
from dialogues.actions._reply import payload, say
from dialogues.labels import label
from knowledge.advice import Advice, advise
from knowledge.loader import knowledge
from knowledge.models import Objection
from knowledge.wording import cite, fill
from store.customers import Customer


def show(
    dispatcher: CollectingDispatcher, tracker: Tracker, rank: int, style: str | None, customer: Customer | None = None
) -> list[EventType]:
    """Show technique number `rank` for the objection under discussion and remember it.

    Of a customer who was named with a card it is said what the card knows.
    """
    known = knowledge()
    advice = advise(known, str(context.objection(tracker)), style, rank)
    values = facts.of(tracker)
    rows = sources(advice)
    say(
        dispatcher,
        "utter_objection_advice_styled" if style else "utter_objection_advice",
        rows,
        mentions.buttons(customer, advice.objection.id) if customer else (),
        title=advice.objection.title,
        for_style=for_style(style),
        customer=customer.name if customer else None,
        noted=mentions.noted(customer) if customer else None,
        behind=advice.objection.behind,
        technique=advice.technique.name,
        why=advice.words.why,
        say=fill(advice.words.say, known, values),
        fact=facts.line(tracker, advice.objection.id, values),
        avoid=advice.words.avoid,
        next=advice.words.next,
        caution=advice.technique.caution,
        source=cite(rows, known, limit=1),
        **buttons(advice),
    )
    context.record(tracker, context.ANSWERED, advice.technique.id)
    about = [SlotSet("customer", str(customer.id))] if customer else []
    return [*remember(advice), *facts.remember(tracker), *about]


def show_material(dispatcher: CollectingDispatcher, objection: Objection) -> None:
    """Show what the texts say about an objection, with a way back to the words to say."""
    say(
        dispatcher,
        "utter_objection_material",
        objection.sources,
        title=objection.title,
        body=objection.material.strip(),
        source=cite(objection.sources, knowledge(), limit=2),
        advice_button=context.advice_payload(objection.id),
    )


def for_style(style: str | None) -> str:
    """What follows the title: the style that the words are fitted to, where there is one."""
    return label("customer_of_style", style=knowledge().styles[style].title) if style else " "


def buttons(advice: Advice) -> dict[str, str]:
    """Payloads under the advice; each says all it needs, so that old messages keep working."""
    objection, style = advice.objection.id, advice.style
    this = context.advice_name(objection, style, advice.rank)
    return {
        "next_button": context.advice_payload(objection, style or context.NO_STYLE, (advice.rank + 1) % advice.count),
        "style_button": payload("choose_style", advice=this),
        "plain_button": context.advice_payload(objection, context.NO_STYLE),
        "why_button": payload("ask_why", advice=this),
        "practise_button": payload("start_drill", advice=this),
        "source_button": payload("ask_source", advice=this),
        "material_button": payload("show_page", card=objection, page=1),
    }


def sources(advice: Advice) -> tuple[str, ...]:
    """Rows of the words or else of the technique first, then of the objection, each once."""
    return tuple(dict.fromkeys((*advice.words.sources, *advice.technique.sources, *advice.objection.sources)))


def remember(advice: Advice) -> list[EventType]:
    """Slots that later turns refer to."""
    return [
        SlotSet("topic", "objection"),
        SlotSet("objection", advice.objection.id),
        SlotSet("pushed_back", None),
        SlotSet("style", advice.style),
        SlotSet("rank", advice.rank),
        SlotSet("shown", advice.technique.id),
    ]


def current(tracker: Tracker) -> Advice | None:
    """The advice that follow-ups refer to; None where no objection is under discussion."""
    objection = context.objection(tracker)
    return advise(knowledge(), objection, context.style(tracker), context.rank(tracker)) if objection else None
