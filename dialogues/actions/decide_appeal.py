"""team: a manager's verdict on a check; it stands."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import manager
from dialogues.actions.show_appeals import show_next, waiting
from dialogues.labels import labels
from store import appeals, audit
from store.clock import utc_now
from store.database import database


class ActionDecideAppeal(Action):
    def name(self) -> Text:
        return "action_decide_appeal"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is None:
            return []
        verdict, chosen = context.entity(tracker, "verdict"), context.entity(tracker, "appeal")
        appeal = next((each for each in waiting(viewer) if str(each.id) == chosen), None)
        if appeal is None or verdict is None or verdict not in labels("verdicts"):
            dispatcher.utter_message(response="utter_appeal_gone")
            return []
        now = utc_now()
        with database().atomic():
            appeals.decide(database(), appeal.id, verdict, viewer.id, now)
            audit.record(database(), viewer.id, "appeal", now, appeal.person_id, f"{appeal.check_id}: {verdict}")
        dispatcher.utter_message(response="utter_appeal_decided")
        show_next(dispatcher, viewer)
        return []
