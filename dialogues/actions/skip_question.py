"""visits: pass over a question."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _visit as review
from dialogues.actions._personal import among_others
from store import visits
from store.database import database


class ActionSkipQuestion(Action):
    def name(self) -> Text:
        return "action_skip_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        visit = review.of_id(tracker, context.entity(tracker, "visit"))
        if visit is None:
            dispatcher.utter_message(response="utter_no_visit")
            return []
        if not review.is_whole(visit):
            visit = visit.answered("")
            visits.keep(database(), visit)
        return review.go_on(dispatcher, visit)
