"""checklists: one of the lists, or the choice among them."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _checklist as lists
from dialogues.actions import _context as context
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, say, show_in_place
from dialogues.boards import board, today
from dialogues.labels import label
from knowledge.checklists.data import checklists


class ActionShowList(Action):
    def name(self) -> Text:
        return "action_show_list"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        checklist, _, page = lists.named(tracker)
        if checklist:
            lists.show(dispatcher, tracker, checklist, page)
        else:
            _choose(dispatcher, context.person(tracker))
        return []


def _choose(dispatcher: CollectingDispatcher, person_id: str) -> None:
    """A button for each list, with how much of it is done."""
    buttons = []
    for checklist in checklists().values():
        found = board(person_id, checklist, today(person_id))
        title = f"{checklist.title} {sum(entry.done for entry in found)}/{len(found)}"
        buttons.append(button(title, "show_list", list=checklist.id))
    changed = [item for checklist in checklists().values() for item in checklist.items if item.note]
    left_out = [item for checklist in checklists().values() for item in checklist.left_out]
    why = button(label("list_changes"), "show_card", card="checklist_changed_items")
    say(dispatcher, "utter_choose_list", (), [*buttons, why], changed=len(changed), left_out=len(left_out))
    show_in_place(dispatcher)
