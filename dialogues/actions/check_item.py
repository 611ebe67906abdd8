"""checklists: tick an item off, or take the tick back; the list stands in the same message."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _checklist as lists
from dialogues.actions import _context as context
from dialogues.actions._personal import among_others
from dialogues.boards import board, today
from knowledge.checklists.periods import Period, start_of
from store import checklists as kept
from store.clock import utc_now
from store.database import database


class ActionCheckItem(Action):
    def name(self) -> Text:
        return "action_check_item"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        checklist, item, page = lists.named(tracker)
        if checklist is None:
            return [FollowupAction("action_show_list")]
        person = context.person(tracker)
        day = today(person)
        if item in {entry.key for entry in board(person, checklist, day)}:
            start = start_of(Period(checklist.id), day)
            kept.toggle(database(), kept.Ticked(person, checklist.id, item, start), utc_now())
        lists.show(dispatcher, tracker, checklist, page)
        return []
