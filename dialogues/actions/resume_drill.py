"""practice: the talk goes on where it was left, after a pause, an hour or a restart."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill
from store import drills
from store.clock import utc_now
from store.database import database


class ActionResumeDrill(Action):
    def name(self) -> Text:
        return "action_resume_drill"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        waiting = drill.under_way(tracker)
        if waiting is None:
            return drill.nothing_under_way(dispatcher)
        drills.set_status(database(), waiting, drills.RUNNING, utc_now())
        drill.speak(dispatcher, "utter_drill_goes_on", drill.state_of(waiting.state))
        return drill.goes_on()
