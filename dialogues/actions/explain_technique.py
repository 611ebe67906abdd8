"""questions: what a named technique is and how to use it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _cards as cards
from dialogues.actions import _context as context
from dialogues.actions._find import best, better_than, show_found


class ActionExplainTechnique(Action):
    def name(self) -> Text:
        return "action_explain_technique"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        named, text = context.entity(tracker, "technique"), context.text(tracker)
        hits = best(text, preferred_label="ask_technique", confidence=context.question_confidence(tracker))
        if named and not better_than(named, hits, text):
            context.record(tracker, context.ANSWERED, named)
            return cards.show_id(dispatcher, tracker, named)
        return show_found(dispatcher, tracker, hits)
