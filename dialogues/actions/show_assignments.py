"""team: what was assigned to the own people, and who has not done it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _team as team
from dialogues.actions._members import manager
from dialogues.actions._reply import button, say
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
        rows = [_line(result, names, wanted) for result in assignments.results(database(), list(names))]
        more = [button("再布置", "assign"), button("看团队", "show_team")]
        say(dispatcher, "utter_assignments" if rows else "utter_no_assignments", (), more, rows_of_list="\n".join(rows))
        return []


def _line(result: assignments.Result, names: Dict[str, str], wanted: preferences.Preferences) -> str:
    due = wanted.local(datetime.fromisoformat(result.due_at))
    waiting = "、".join(names[each] for each in result.open_ids[:NAMED])
    more = "等" if len(result.open_ids) > NAMED else ""
    left = f"，还差{waiting}{more}" if waiting else ""
    return f"{team.objection_title(result.objection)} {result.done}/{result.people}，{due:%m-%d %H:%M} 截止{left}"
