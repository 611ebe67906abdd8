"""checklists: ask for an item of the rep's own."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _checklist as lists
from dialogues.actions import _context as context
from dialogues.actions._personal import among_others
from dialogues.actions._reply import payload, say
from dialogues.actions._words import wait_in
from dialogues.boards import own_items, today


class ActionAddItem(Action):
    def name(self) -> Text:
        return "action_add_item"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        checklist, _, _ = lists.named(tracker)
        if checklist is None:
            return [FollowupAction("action_show_list")]
        person = context.person(tracker)
        if len(own_items(person, checklist, today(person))) >= lists.MOST_OWN:
            drop = payload("drop_item", list=checklist.id)
            say(dispatcher, "utter_items_full", most=lists.MOST_OWN, drop_button=drop)
            return []
        say(dispatcher, "utter_ask_item", title=checklist.title, most=lists.MOST_CHARACTERS)
        return [SlotSet("item_list", checklist.id), *wait_in("item_form")]
