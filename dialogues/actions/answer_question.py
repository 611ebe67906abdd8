"""questions: the card that answers what the rep asks about the material."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _cards as cards
from dialogues.actions import _context as context
from dialogues.actions._find import best, better_than, first_of, show_found


class ActionAnswerQuestion(Action):
    def name(self) -> Text:
        return "action_answer_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        label, text = context.intent(tracker), context.text(tracker)
        label = "search" if label == "ask_material" else label
        hits = (
            best(text, preferred_label=label, confidence=context.question_confidence(tracker))
            if text
            else first_of(label)
        )
        named = context.entity(tracker, "technique")
        if named and not better_than(named, hits, text):
            context.record(tracker, context.ANSWERED, named)
            return cards.show_id(dispatcher, tracker, named)
        return show_found(dispatcher, tracker, hits)
