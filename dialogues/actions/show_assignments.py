"""team: what was assigned to the own people, and who has not done it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _team as team
from dialogues.actions._members import manager
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label
from store import assignments, preferences
from store.database import database

NAMED = 4


class ActionShowAssignments(Action):
    def name(self) -> Text:
        return "action_show_assignments"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is None:
            return []
        names = {person.id: person.name for person in team.reps(viewer, None)}
        wanted = preferences.of(database(), viewer.id)
        found = assignments.results(database(), list(names))
        shown, number, last = page_of(found, context.entity(tracker, "page"))
        rows = "\n".join(_line(result, names, wanted) for result in shown)
        more = [
            *page_buttons("show_assignments", number, last),
            button(label("assign_again"), "assign"),
            button(label("team"), "show_team"),
        ]
        say(dispatcher, "utter_assignments" if found else "utter_no_assignments", (), more, rows_of_list=rows)
        return []


def _line(result: assignments.Result, names: Dict[str, str], wanted: preferences.Preferences) -> str:
    due = wanted.local(datetime.fromisoformat(result.due_at))
    waiting = "、".join(names[each] for each in result.open_ids[:NAMED])
    left = label("waiting_and_others" if len(result.open_ids) > NAMED else "waiting", names=waiting)
    return label(
        "assignment",
        objection=team.objection_title(result.objection),
        done=result.done,
        people=result.people,
        due=f"{due:%m-%d %H:%M}",
        waiting=left if waiting else "",
    )
