"""practice: “我不同意”: the rep is told what the manager will see, then the check is handed over."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _check
from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from store import appeals
from store.clock import utc_now
from store.database import database


class ActionAppealCheck(Action):
    def name(self) -> Text:
        return "action_appeal_check"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        found = _check.named(tracker)
        if found is None:
            dispatcher.utter_message(response="utter_no_score")
            return []
        back = payload("show_score", drill=found.drill)
        if context.entity(tracker, "sure") is None:
            sure = payload("appeal_check", check=found.reference, sure=1)
            say(dispatcher, "utter_appeal_consent", title=found.result.title, sure_button=sure, score_button=back)
            return []
        filed = appeals.file(database(), found.attempt, found.result.id, utc_now())
        say(dispatcher, "utter_appeal_filed" if filed else "utter_appeal_known", score_button=back)
        return []
