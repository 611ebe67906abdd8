"""team: the heat map, and in words who practised, who is stuck, what is missed and what the field asked."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _team as team
from dialogues.actions._members import manager
from dialogues.actions._reply import Button, button, say, show_picture
from dialogues.labels import label
from knowledge.loader import knowledge
from store import people, team_progress, teams
from store.clock import utc_now
from store.database import database

MOST_ROWS = 40  # a picture that is higher is scaled down by Telegram until nobody can read it


class ActionShowTeam(Action):
    def name(self) -> Text:
        return "action_show_team"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is None:
            return []
        shown = team.chosen(viewer, context.entity(tracker, "team"))
        reps = team.reps(viewer, shown)
        if not reps:
            say(dispatcher, "utter_team_empty", (), [button(label("invite"), "invite")])
            return []
        title = team.title_of(viewer, shown)
        cells = team_progress.cells(database(), [person.id for person in reps])
        found = team.figures(reps, cells, utc_now() - team.WEEK)
        say(dispatcher, "utter_team", (), _buttons(viewer), title=title, **found)
        show_picture(dispatcher, "team", title, picture(title, reps, cells))
        return []


def picture(title: str, reps: List[people.Person], cells: List[team_progress.Cell]) -> Dict[str, Any]:
    """The heat map's data: people by mastery, the best first; objections by mastery, the weakest first."""
    by_place = {(cell.person_id, cell.objection): round(cell.mastery) for cell in cells}
    objections = sorted(knowledge().objections, key=lambda o: _mean([c.mastery for c in cells if c.objection == o]))
    ordered = sorted(reps, key=lambda p: -_mean([c.mastery for c in cells if c.person_id == p.id], none=-1))
    rows = ordered[:MOST_ROWS]
    return {
        "title": title,
        "summary": label("people_count", count=len(reps)),
        "people": [person.name for person in rows],
        "objections": [team.objection_title(objection) for objection in objections],
        "cells": [[by_place.get((person.id, o)) for o in objections] for person in rows],
        "more": label("others", count=len(reps) - len(rows)) if len(reps) > len(rows) else "",
    }


def _mean(values: List[float], none: float = 101) -> float:
    return sum(values) / len(values) if values else none


def _buttons(viewer: people.Person) -> List[Button]:
    own = teams.managed_by(database(), viewer)
    each = [button(each.name, "show_team", team=each.id) for each in own[:8]] if len(own) > 1 else []
    return [
        button(label("assign"), "assign"),
        button(label("assignments"), "show_assignments"),
        button(label("appeals"), "show_appeals"),
        button(label("ranking"), "show_ranking"),
        button(label("members"), "show_people"),
        *each,
    ]
