"""practice: choose the line that the customer says."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from knowledge.loader import knowledge
from store import practice
from store.database import database


class ActionStartPractice(Action):
    def name(self) -> Text:
        return "action_start_practice"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        known = knowledge()
        objection = _objection(tracker)
        style = _style(tracker, objection)
        words = known.style_words[objection][style]
        return [
            SlotSet("practice_objection", objection),
            SlotSet("practice_style", style),
            SlotSet("practice_title", known.objections[objection].title),
            SlotSet("practice_style_title", known.styles[style].title),
            SlotSet("practice_line", words.customer_line),
            SlotSet("practice_answer", None),
        ]


def _objection(tracker: Tracker) -> str:
    """The objection that a button or the words name, else the one that this person practised least."""
    objections = knowledge().objections
    if context.entity(tracker, "advice") and context.objection(tracker):
        return str(context.objection(tracker))
    named = context.entity(tracker, "named_objection")
    return named if named in objections else practice.least_practised(database(), tracker.sender_id, list(objections))


def _style(tracker: Tracker, objection: str) -> str:
    """The style that a button or the words name, else each in turn."""
    styles = list(knowledge().style_words[objection])
    named = context.style(tracker) if context.entity(tracker, "advice") else context.entity(tracker, "style")
    return named if named in styles else styles[practice.rounds(database(), tracker.sender_id) % len(styles)]
