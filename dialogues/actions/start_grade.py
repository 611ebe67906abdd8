"""calculators: which of the gradings; the one by amount asks for customers."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from dialogues.actions._words import wait_in


class ActionStartGrade(Action):
    def name(self) -> Text:
        return "action_start_grade"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if context.entity(tracker, "form") == "amount":
            dispatcher.utter_message(response="utter_ask_customers")
            return wait_in("grade_form")
        choose_grade(dispatcher)
        return []


def choose_grade(dispatcher: CollectingDispatcher) -> None:
    """Offer the ways of grading."""
    say(
        dispatcher,
        "utter_choose_grade",
        amount_button=payload("start_grade", form="amount"),
        horizon_button=payload("answer_score", form="horizon"),
        prospect_button=payload("answer_score", form="prospect"),
        opportunity_button=payload("answer_score", form="opportunity"),
        compare_button=payload("show_card", card="grading_systems_compare"),
    )
