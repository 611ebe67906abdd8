"""people: what managers did, newest first; a manager reads of the own teams, an admin all."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import manager
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label, labels
from store import audit, people, preferences, teams
from store.database import database


class ActionShowLog(Action):
    def name(self) -> Text:
        return "action_show_log"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = manager(dispatcher, tracker)
        if person is None:
            return []
        own = None if person.role == people.ADMIN else [t.id for t in teams.managed_by(database(), person)]
        found = audit.entries(database(), own)
        shown, number, last = page_of(found, context.entity(tracker, "page"))
        rows = [_line(entry, preferences.of(database(), person.id)) for entry in shown]
        more = [*page_buttons("show_log", number, last), button(label("people"), "show_people")]
        say(dispatcher, "utter_log" if found else "utter_empty_log", (), more, rows_of_list="\n".join(rows))
        return []


def _line(entry: audit.Entry, wanted: preferences.Preferences) -> str:
    actor = people.member(database(), entry.actor)
    target = people.member(database(), entry.target or "")
    at = wanted.local(datetime.fromisoformat(entry.at))
    whom = f"：{target.name}" if target else ""
    deed = labels("deeds").get(entry.action, entry.action)
    return f"{at:%m-%d %H:%M} {actor.name if actor else entry.actor} {deed}{whom}"
