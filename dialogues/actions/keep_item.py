"""checklists: keep the item typed and show the list with it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _checklist as lists
from dialogues.actions import _context as context
from dialogues.actions._reply import say
from dialogues.actions._words import typed, wait_in
from knowledge.checklists.data import checklists
from store import checklists as kept
from store.clock import utc_now
from store.database import database


class ActionKeepItem(Action):
    def name(self) -> Text:
        return "action_keep_item"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = " ".join(typed(tracker).split())
        checklist = checklists().get(tracker.get_slot("item_list") or "")
        if not words or checklist is None:
            return []
        if len(words) > lists.MOST_CHARACTERS:
            say(dispatcher, "utter_item_too_long", most=lists.MOST_CHARACTERS)
            return wait_in("item_form")
        kept.add(database(), context.person(tracker), checklist.id, words, utc_now())
        lists.show(dispatcher, tracker, checklist)
        return [SlotSet("words", None)]
