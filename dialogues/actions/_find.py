"""Finding the piece of knowledge that answers a question, and when to say that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._cards import show_hit, show_own
from dialogues.own_index import own_passage
from dialogues.search import search
from knowledge.loader import knowledge
from knowledge.search import Hit

# Scores below which the material does not answer; chosen on questions written for the cards and on out-of-scope
# lines (tests/knowledge/test_search.py): a question whose intent is known needs less than one that came from nowhere.
ENOUGH_WITH_INTENT = 0.12
ENOUGH_IF_UNCLEAR = 0.24
ENOUGH_ALONE = 0.26
# Fewer characters match something by chance.
LEAST_CHARACTERS = 5
# A card of the label that was understood counts this much more, enough to decide between near equals.
LABEL_BONUS = 0.1
OPENED_BY_CARD = ("card", "technique", "signal")


def best(text: str, preferred_label: str, limit: int = 3, unclear: bool = False) -> list[Hit]:
    """Cards, techniques and signals for a question whose intent is known, best first; [] where none fits.

    `unclear` texts, whose intent was only chosen by button or not at all, have to fit better.
    """
    hits = search().find(text, limit=limit * 3, only=lambda hit: hit.kind in OPENED_BY_CARD)
    ranked = sorted(hits, key=lambda hit: -(hit.score + LABEL_BONUS * (hit.label == preferred_label)))
    least = ENOUGH_IF_UNCLEAR if unclear else ENOUGH_WITH_INTENT
    return ranked[:limit] if ranked and ranked[0].score >= least else []


def surely(text: str, limit: int = 3) -> list[Hit]:
    """Hits for a text that looked out of scope; [] unless the first is beyond doubt."""
    if len(text) < LEAST_CHARACTERS:
        return []
    hits = search().find(text, limit=limit, only=lambda hit: hit.kind in ("card", "technique"))
    return hits if hits and hits[0].score >= ENOUGH_ALONE else []


def first_of(label: str, limit: int = 3) -> list[Hit]:
    """The first cards of a label, for a question asked by button."""
    cards = [card for card in knowledge().cards.values() if card.label == label]
    cards.sort(key=lambda card: card.topic != label.removeprefix("ask_"))  # the topic of that very name first
    return [Hit("card", card.id, label, 1.0) for card in cards[:limit]]


def show_found(dispatcher: CollectingDispatcher, tracker: Tracker, hits: Sequence[Hit]) -> list[EventType]:
    """Show the first hit with the others as buttons, or say that the material does not hold it.

    What the company itself says of a question comes before what the training texts say.
    """
    own = own_passage(context.text(tracker))
    if own:
        context.record(tracker, context.ANSWERED)
        return show_own(dispatcher, own, hits)
    if not hits:
        dispatcher.utter_message(response="utter_not_in_material")
        context.record(tracker, context.NONE)
        return []
    context.record(tracker, context.ANSWERED)
    return show_hit(dispatcher, hits[0], hits[1:])
