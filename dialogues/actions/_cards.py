"""Cards, techniques and signals found in the knowledge, as screens with related ones behind buttons."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions._reply import Button, button, lines, payload, say
from dialogues.actions._tools import tool_buttons
from dialogues.labels import label
from knowledge.loader import knowledge
from knowledge.models import Card, Signal, Technique
from knowledge.search import Hit
from knowledge.wording import cite, fill
from store.own_material import OwnPassage

RESPONSES = {
    "buying": "utter_signal_buying",
    "progress": "utter_signal_progress",
    "negative": "utter_signal_negative",
}
# Opened by a button under every signal.
OVERVIEW_CARD = "closing_signals_all"


def show_hit(
    dispatcher: CollectingDispatcher, tracker: Tracker, hit: Hit, related: Sequence[Hit] = ()
) -> list[EventType]:
    """Show a found card, technique or signal; `related` hits become buttons."""
    return show_id(dispatcher, tracker, hit.id, [hit_button(other) for other in related])


def show_own(dispatcher: CollectingDispatcher, passage: OwnPassage, related: Sequence[Hit]) -> list[EventType]:
    """Show a passage of a company's own file, which is its source; `related` hits become buttons."""
    say(
        dispatcher,
        "utter_own_passage",
        (),
        [hit_button(hit) for hit in related],
        title=passage.heading,
        body=passage.text,
        source=f"《{passage.file_name}》 {passage.number}",
    )
    return []


def show_id(
    dispatcher: CollectingDispatcher, tracker: Tracker, item_id: str, related: Sequence[Button] = ()
) -> list[EventType]:
    """Show the card, technique or signal of this id; nothing happens for an id that does not exist."""
    known, values = knowledge(), facts.of_card(tracker)
    if item_id in known.cards:
        return _show_card(dispatcher, known.cards[item_id], related, values)
    if item_id in known.techniques:
        return _show_technique(dispatcher, known.techniques[item_id], related, values)
    if item_id in known.signals:
        show_signal(dispatcher, known.signals[item_id], values)
        return [SlotSet("topic", "signal"), SlotSet("shown", item_id)]
    dispatcher.utter_message(response="utter_not_in_material")
    return []


def show_page(dispatcher: CollectingDispatcher, tracker: Tracker, card: Card, page: int) -> list[EventType]:
    """Show a further page of a card; `page` counts from 1, the first after the opening screen."""
    pages = len(card.more) + 1
    say(
        dispatcher,
        "utter_card_page",
        card.sources,
        _page_buttons(card, page),
        title=card.title,
        page=page + 1,
        pages=pages,
        body=fill(card.more[page - 1].strip(), knowledge(), facts.of_card(tracker)),
    )
    return _remember("card", card.id)


def show_signal(dispatcher: CollectingDispatcher, signal: Signal, values: facts.Values) -> None:
    """Show one signal as a card."""
    known = knowledge()
    say(
        dispatcher,
        RESPONSES[signal.kind],
        signal.sources,
        title=signal.title,
        means=signal.means,
        act=signal.act,
        say=fill(signal.say, known, values),
        dont=signal.dont,
        next=signal.next,
        caution=signal.caution,
        source=cite(signal.sources, known, limit=1),
        overview_button=payload("show_card", card=OVERVIEW_CARD),
    )


def hit_button(hit: Hit) -> Button:
    """A button that opens a found card, technique or signal; its title is the thing's own."""
    known = knowledge()
    if hit.kind == "technique":
        return button(known.techniques[hit.id].name, "show_card", card=hit.id)
    titled = known.cards[hit.id] if hit.kind == "card" else known.signals[hit.id]
    return button(titled.title, "show_card", card=hit.id)


def _show_card(
    dispatcher: CollectingDispatcher, card: Card, related: Sequence[Button], values: facts.Values
) -> list[EventType]:
    known = knowledge()
    say(
        dispatcher,
        "utter_card_lost" if card.lost else "utter_card",
        card.sources,
        [*_page_buttons(card, 0), *tool_buttons(card), *related],
        title=card.title,
        body=fill(card.short.strip(), known, values),
        caution=card.caution,
        source=cite(card.sources, known, limit=2),
    )
    return _remember("card", card.id)


def _page_buttons(card: Card, page: int) -> list[Button]:
    pages = len(card.more) + 1
    if page + 1 == pages:
        return []
    title = label("more_of_card", page=page + 2, pages=pages)
    return [button(title, "show_page", card=card.id, page=page + 1)]


def _show_technique(
    dispatcher: CollectingDispatcher, technique: Technique, related: Sequence[Button], values: facts.Values
) -> list[EventType]:
    known = knowledge()
    objections = [known.objections[name] for name in technique.objections[:2] if name in known.objections]
    uses = [
        {"title": label("use_on", objection=objection.title), "payload": context.advice_payload(objection.id)}
        for objection in objections
    ]
    say(
        dispatcher,
        "utter_technique",
        technique.sources,
        [*uses, *related],
        name=technique.name,
        idea=technique.idea,
        why=technique.why,
        steps=lines(technique.steps),
        say=fill(technique.say, known, values),
        avoid=technique.avoid,
        suits=_suits(technique),
        risk=technique.risk,
        caution=technique.caution,
        source=cite(technique.sources, known, limit=1),
    )
    return _remember("technique", technique.id)


def _suits(technique: Technique) -> str:
    styles = knowledge().styles
    suits = label("suits") + "、".join(styles[s].title for s in technique.suits) if technique.suits else ""
    unsuited = label("unsuited") + "、".join(styles[s].title for s in technique.unsuited) if technique.unsuited else ""
    return "；".join(part for part in (suits, unsuited) if part)


def _remember(topic: str, item_id: str) -> list[EventType]:
    return [SlotSet("topic", topic), SlotSet("shown", item_id)]
