"""visit_help: what a customer's gesture or question means, by the nearest signal of its kind."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions._cards import show_signal
from dialogues.actions._find import question_first
from dialogues.search import search
from knowledge.loader import knowledge
from knowledge.search import Hit

# Where it was unclear that a gesture is meant at all, words must be this near to one.
ENOUGH_IF_UNCLEAR = 0.25


class ActionReadSignal(Action):
    def name(self) -> Text:
        return "action_read_signal"

    @question_first
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        away = context.entity(tracker, "signal_kind") == "negative"
        hits = search().find(context.text(tracker), limit=1, only=lambda hit: _fits(hit, away))
        least = ENOUGH_IF_UNCLEAR if context.is_unclear(tracker) else 0.0
        if not hits or hits[0].score < least:
            dispatcher.utter_message(response="utter_not_in_material")
            context.record(tracker, context.NONE)
            return []
        signal = knowledge().signals[hits[0].id]
        show_signal(dispatcher, signal, facts.of_card(tracker))
        context.record(tracker, context.ANSWERED)
        return [SlotSet("topic", "signal"), SlotSet("shown", signal.id)]


def _fits(hit: Hit, away: bool) -> bool:
    return hit.kind == "signal" and (knowledge().signals[hit.id].kind == "negative") == away
