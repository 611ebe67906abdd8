"""practice: after something else was answered in the middle of a drill, the customer is still waiting."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill

# After these the customer's words, or what the rep asked for about them, were just shown.
OF_THE_DRILL = {
    "action_start_drill",
    "action_take_turn",
    "action_give_hint",
    "action_retry_turn",
    "action_resume_drill",
    "action_choose_drill",
    "action_show_rubric",
}


def _before_the_form(tracker: Tracker) -> str | None:
    """The action that ran last before the form asks."""
    names = (event["name"] for event in reversed(tracker.events) if event["event"] == "action")
    return next((name for name in names if name != drill.FORM), None)


class ActionAskPracticeFormPracticeAnswer(Action):
    def name(self) -> Text:
        return "action_ask_practice_form_practice_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        waiting = drill.under_way(tracker)
        if waiting and _before_the_form(tracker) not in OF_THE_DRILL:
            drill.speak(dispatcher, "utter_drill_goes_on", drill.state_of(waiting.state))
        return []
