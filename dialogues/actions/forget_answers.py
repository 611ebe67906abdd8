"""practice: what the rep wrote in drills is deleted, after one question; the scores stay."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from dialogues.actions._reply import payload, say
from store import attempts
from store.database import database


class ActionForgetAnswers(Action):
    def name(self) -> Text:
        return "action_forget_answers"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if context.entity(tracker, "sure") is None:
            say(dispatcher, "utter_forget_answers", sure_button=payload("forget_answers", sure=1))
            return []
        attempts.forget_words(database(), context.person(tracker))
        dispatcher.utter_message(response="utter_answers_forgotten")
        return drill.ends()
