"""questions: the tip of a plan for one day, the same however often it is asked for; the bot asks, not a person."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _tips
from knowledge.tip_stock import tips
from store import plans
from store.clock import utc_now
from store.database import database


class ActionPickTip(Action):
    def name(self) -> Text:
        return "action_pick_tip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        number, day = str(context.entity(tracker, "plan")), str(context.entity(tracker, "day"))
        plan = plans.get(database(), int(number)) if number.isdecimal() else None
        if plan is None:
            dispatcher.utter_message(response="utter_tip_gone")
            return []
        people = [receiver.person_id for receiver in plans.receivers_of(database(), plan)]
        chosen = tips().get(plan.tip) or _tips.next_for(people, utc_now())
        issued = plans.issue(database(), plan.id, date.fromisoformat(day), chosen.id)
        return _tips.show(dispatcher, tips().get(issued, chosen))
