"""questions: a tip for today, another one at each request; what the person needs most first."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _tips
from store import tips
from store.clock import utc_now
from store.database import database


class ActionGiveTip(Action):
    def name(self) -> Text:
        return "action_give_tip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        now, person_id = utc_now(), context.person(tracker)
        tip = _tips.next_for([person_id], now)
        tips.note_shown(database(), person_id, tip.id, now)
        context.record(tracker, context.ANSWERED)
        return _tips.show(dispatcher, tip)
