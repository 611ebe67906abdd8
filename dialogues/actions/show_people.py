"""people: the members whom a manager sees, a page at a time."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import manager
from dialogues.actions._paging import PAGE, page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label, labels
from store import people
from store.database import database


class ActionShowPeople(Action):
    def name(self) -> Text:
        return "action_show_people"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = manager(dispatcher, tracker)
        if person is None:
            return []
        found = people.visible_to(database(), person)
        shown, number, last = page_of(found, context.entity(tracker, "page"))
        first = (number - 1) * PAGE + 1
        buttons = [
            button(f"{place} {each.name[:12]}·{labels('roles')[each.role]}", "show_person", person=each.id)
            for place, each in enumerate(shown, start=first)
        ]
        more = [
            *page_buttons("show_people", number, last),
            button(label("invite"), "invite"),
            button(label("log"), "show_log"),
        ]
        say(dispatcher, "utter_people", (), [*buttons, *more], count=len(found), page=number, pages=last)
        return []
