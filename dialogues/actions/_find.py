"""Finding the piece of knowledge that answers a question, and when to say that there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._cards import show_hit, show_own
from dialogues.own_index import own_passage
from dialogues.search import search
from knowledge.documents import OUTSIDE
from knowledge.loader import knowledge
from knowledge.search import Hit
from nlu.registry import registry

Run = Callable[[Any, CollectingDispatcher, Tracker, Dict[Text, Any]], List[EventType]]

# What a score must reach, by how sure the understanding is (0 to 1); chosen on questions written for the cards, on
# questions that the material does not answer and on what customers say (tests/knowledge/, tests/nlu/held_out/).
# A question of the rep, surely understood as one, needs little; a text that surely is something else needs much.
QUESTION, QUESTION_LESS = 0.26, 0.14
OTHER, OTHER_MORE = 0.30, 0.24
# Off topic weighs less: what sounds near to the material and is not in it is known by name (knowledge/outside.yml).
OFF_TOPIC_MORE = 0.08
# A question heard for nothing, or whose intent was chosen by button.
ENOUGH_IF_UNCLEAR = 0.24
# Fewer characters match something by chance.
LEAST_CHARACTERS = 5
# A card of the label that was understood counts this much more, enough to decide between near equals; a card that
# tells of a lost part this much less, for its words are those of the card of what is left.
LABEL_BONUS, LOST_MALUS = 0.05, 0.05
# A subject outside of the material is meant where it fits this well, and by this much better than any card.
OUTSIDE_LEAST, OUTSIDE_LEAD = 0.33, 0.03
# A card is meant, not the technique that the question names, where it fits this much better than the technique.
CARD_LEAD = 0.12
OPENED_BY_CARD = ("card", "technique", "signal")


def best(text: str, preferred_label: str, limit: int = 3, confidence: float | None = None) -> list[Hit]:
    """Cards, techniques and signals for a question whose intent is known, best first; [] where none fits.

    Args:
        confidence: How sure the intent is; None where it was chosen by button or not known at all.
    """
    hits = _ranked(text, limit, OPENED_BY_CARD, preferred_label)
    least = ENOUGH_IF_UNCLEAR if confidence is None else QUESTION - QUESTION_LESS * confidence
    return hits if hits and hits[0].score >= least else []


def surely(text: str, other: float, limit: int = 3, kinds: Sequence[str] = ("card", "technique")) -> list[Hit]:
    """Hits for a text that was taken for something else than a question; [] unless the first is beyond doubt.

    Args:
        other: How much more than `OTHER` a score must reach: `against(tracker)`, or 0 where nothing speaks against it.
    """
    if len(text) < LEAST_CHARACTERS:
        return []
    hits = _ranked(text, limit, ("card", "technique"))
    sure = hits and hits[0].kind in kinds and hits[0].score >= OTHER + other
    return hits if sure else []


def against(tracker: Tracker) -> float:
    """How much the understanding speaks against a question of the rep.

    “为什么” and the like mean the answer before; where there is none, they are no better a reading than a question.
    """
    intent, sure = context.intent(tracker), context.confidence(tracker)
    if intent in ("out_of_scope", "nlu_fallback"):
        return OFF_TOPIC_MORE * sure
    known = registry().intents.get(intent)
    refers_to_nothing = known is not None and known.skill == "follow_up" and not tracker.get_slot("topic")
    return 0.0 if refers_to_nothing else OTHER_MORE * sure


def better_than(technique: str, hits: Sequence[Hit], text: str) -> bool:
    """Whether a question that names a technique asks for more than that: “质问、举例、回音那七法”."""
    own = search().find(text, limit=1, only=lambda hit: hit.kind == "technique" and hit.id == technique)
    return bool(hits and own) and hits[0].kind == "card" and hits[0].score >= own[0].score + CARD_LEAD


def _ranked(text: str, limit: int, kinds: Sequence[str], preferred_label: str = "") -> list[Hit]:
    """Best hits of some kinds; [] for a question that is nearer to a subject outside of the material."""
    hits = search().find(text, limit=limit * 3, only=lambda hit: hit.kind in kinds)
    outside = search().find(text, limit=1, only=lambda hit: hit.kind == OUTSIDE)
    if outside and outside[0].score >= max(OUTSIDE_LEAST, hits[0].score + OUTSIDE_LEAD if hits else 0.0):
        return []
    return sorted(hits, key=lambda hit: -_rank(hit, preferred_label))[:limit]


def _rank(hit: Hit, preferred_label: str) -> float:
    lost = hit.kind == "card" and knowledge().cards[hit.id].lost
    return hit.score + LABEL_BONUS * (hit.label == preferred_label) - LOST_MALUS * lost


def question_first(run: Run) -> Run:
    """Let an action give way to a card, where the text surely asks the material something.

    “持币待购的客户怎么谈” names an objection and is none; what a customer says stays with the objection.
    """

    @wraps(run)
    def answer(
        self: Action, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[EventType]:
        hits = surely(context.text(tracker), against(tracker), kinds=("card",))
        return show_found(dispatcher, tracker, hits) if hits else run(self, dispatcher, tracker, domain)

    return answer


def first_of(label: str, limit: int = 3) -> list[Hit]:
    """The first cards of a label, for a question asked by button."""
    cards = [card for card in knowledge().cards.values() if card.label == label]
    cards.sort(key=lambda card: card.topic != label.removeprefix("ask_"))  # the topic of that very name first
    return [Hit("card", card.id, label, 1.0) for card in cards[:limit]]


def show_found(dispatcher: CollectingDispatcher, tracker: Tracker, hits: Sequence[Hit]) -> list[EventType]:
    """Show what was found, or say that the material does not hold it."""
    events = show_any(dispatcher, tracker, hits)
    if events is None:
        dispatcher.utter_message(response="utter_not_in_material")
        context.record(tracker, context.NONE)
        return []
    return events


def show_any(dispatcher: CollectingDispatcher, tracker: Tracker, hits: Sequence[Hit]) -> list[EventType] | None:
    """Show the first hit with the others as buttons; None, and nothing is said, where nothing was found.

    What the company itself says of a question comes before what the training texts say.
    """
    own = own_passage(context.text(tracker))
    if own:
        context.record(tracker, context.ANSWERED)
        return show_own(dispatcher, own, hits)
    if not hits:
        return None
    lost = hits[0].kind == "card" and knowledge().cards[hits[0].id].lost
    context.record(tracker, context.NONE if lost else context.ANSWERED)
    return show_hit(dispatcher, tracker, hits[0], hits[1:])
