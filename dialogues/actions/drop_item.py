"""checklists: delete an own item, after asking which one and whether."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _checklist as lists
from dialogues.actions import _context as context
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, payload, say
from dialogues.boards import OWN, own_items, today
from dialogues.labels import label
from knowledge.checklists.board import OwnItem
from knowledge.checklists.data import Checklist
from store import checklists as kept
from store.database import database


class ActionDropItem(Action):
    def name(self) -> Text:
        return "action_drop_item"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        checklist, key, _ = lists.named(tracker)
        if checklist is None:
            return [FollowupAction("action_show_list")]
        person = context.person(tracker)
        own = own_items(person, checklist, today(person))
        item = next((item for item in own if item.key == key), None)
        if item is None:
            _choose(dispatcher, checklist, own)
        elif context.entity(tracker, "sure"):
            kept.drop(database(), person, int(item.key.removeprefix(OWN)))
            lists.show(dispatcher, tracker, checklist)
        else:
            _confirm(dispatcher, checklist, item)
        return []


def _choose(dispatcher: CollectingDispatcher, checklist: Checklist, own: list[OwnItem]) -> None:
    back = button(label("back_to_list"), "show_list", list=checklist.id)
    reply = "utter_choose_drop" if own else "utter_no_own_item"
    items = [button(lists.short(i.text), "drop_item", item=f"{checklist.id}.{i.key}") for i in own]
    say(dispatcher, reply, (), [*items, back])


def _confirm(dispatcher: CollectingDispatcher, checklist: Checklist, item: OwnItem) -> None:
    named = f"{checklist.id}.{item.key}"
    sure, back = payload("drop_item", item=named, sure="1"), payload("show_list", list=checklist.id)
    say(dispatcher, "utter_confirm_drop", item=item.text, sure_button=sure, back_button=back)
