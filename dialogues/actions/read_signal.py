"""visit_help: what a customer's gesture or question means, by the nearest signal of its kind."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from dialogues.search import search
from knowledge.loader import knowledge
from knowledge.models import Signal
from knowledge.search import Hit
from knowledge.wording import cite, fill

RESPONSES = {
    "buying": "utter_signal_buying",
    "progress": "utter_signal_progress",
    "negative": "utter_signal_negative",
}
# Where it was unclear that a gesture is meant at all, words must be this near to one.
ENOUGH_IF_UNCLEAR = 0.25
OVERVIEW_CARD = "closing_signals_all"


class ActionReadSignal(Action):
    def name(self) -> Text:
        return "action_read_signal"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        away = context.entity(tracker, "signal_kind") == "negative"
        hits = search().find(context.text(tracker), limit=1, only=lambda hit: _fits(hit, away))
        least = ENOUGH_IF_UNCLEAR if context.is_unclear(tracker) else 0.0
        if not hits or hits[0].score < least:
            dispatcher.utter_message(response="utter_not_in_material")
            context.record(tracker, context.NONE)
            return []
        signal = knowledge().signals[hits[0].id]
        show_signal(dispatcher, signal)
        context.record(tracker, context.ANSWERED)
        return [SlotSet("topic", "signal"), SlotSet("shown", signal.id)]


def _fits(hit: Hit, away: bool) -> bool:
    return hit.kind == "signal" and (knowledge().signals[hit.id].kind == "negative") == away


def show_signal(dispatcher: CollectingDispatcher, signal: Signal) -> None:
    """Show one signal as a card."""
    known = knowledge()
    say(
        dispatcher,
        RESPONSES[signal.kind],
        signal.sources,
        title=signal.title,
        means=signal.means,
        act=signal.act,
        say=fill(signal.say, known),
        dont=signal.dont,
        next=signal.next,
        caution=signal.caution,
        source=cite(signal.sources, known, limit=1),
        overview_button=payload("show_card", card=OVERVIEW_CARD),
    )
