"""people: one member: role and teams, changed by buttons; removing asks once."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import manager
from dialogues.actions._reply import Button, button, say
from dialogues.labels import label, labels
from store import audit, people, teams
from store.clock import utc_now
from store.database import database

REMOVE, SURE = "remove", "sure"


class ActionShowPerson(Action):
    def name(self) -> Text:
        return "action_show_person"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is None:
            return []
        chosen = context.entity(tracker, "person")
        person = next((each for each in people.visible_to(database(), viewer) if each.id == chosen), None)
        if person is None:
            say(dispatcher, "utter_no_such_person", (), [button(label("people"), "show_people")])
            return []
        try:
            _act(dispatcher, viewer, person, context.entity(tracker, "do") or "")
        except people.LastAdminError:
            say(dispatcher, "utter_last_admin", (), [button(label("people"), "show_people")])
        return []


def may_change(viewer: people.Person, person: people.Person) -> bool:
    """A manager changes reps; an admin everybody."""
    return viewer.role == people.ADMIN or person.role == people.REP


def _act(dispatcher: CollectingDispatcher, viewer: people.Person, person: people.Person, deed: str) -> None:
    if deed and not may_change(viewer, person):
        dispatcher.utter_message(response="utter_managers_only")
    elif deed == REMOVE:
        choices = [
            button(label("remove"), "show_person", person=person.id, do=SURE),
            button(label("keep"), "show_people"),
        ]
        say(dispatcher, "utter_remove_sure", (), choices, name=person.name)
    elif deed == SURE:
        _remove(viewer, person)
        say(dispatcher, "utter_removed", (), [button(label("people"), "show_people")], name=person.name)
    else:
        _change(viewer, person, deed)
        _show(dispatcher, viewer, person.id)


def _remove(viewer: people.Person, person: people.Person) -> None:
    """Out of every team of the viewer's; who is in no other team, or is removed by an admin, is no member any more."""
    now, own = utc_now(), teams.managed_by(database(), viewer)
    theirs = teams.of(database(), person.id)
    with database().atomic():
        for team in theirs:
            if team in own:
                teams.leave(database(), person.id, team.id)
                audit.record(database(), viewer.id, "remove", now, person.id, None, team.id)
        if viewer.role == people.ADMIN or not teams.of(database(), person.id):
            people.remove(database(), person.id, now)
        if not theirs:
            audit.record(database(), viewer.id, "remove", now, person.id)


def _change(viewer: people.Person, person: people.Person, deed: str) -> None:
    """Another role (admins only), or in or out of a team of the viewer's: `role.<role>`, `in.<team>`, `out.<team>`."""
    kind, _, value = deed.partition(".")
    team = next((each for each in teams.managed_by(database(), viewer) if str(each.id) == value), None)
    with database().atomic():
        if kind == "role" and value in people.ROLES and viewer.role == people.ADMIN:
            people.set_role(database(), person.id, value)
        elif kind in ("in", "out") and team:
            (teams.join if kind == "in" else teams.leave)(database(), person.id, team.id)
        else:
            return
        audit.record(database(), viewer.id, kind, utc_now(), person.id, value, team.id if team else None)


def _show(dispatcher: CollectingDispatcher, viewer: people.Person, person_id: str) -> None:
    person = people.member(database(), person_id)
    assert person is not None
    own = teams.of(database(), person.id)
    values: Dict[str, Optional[str]] = {
        "name": person.name,
        "role": labels("roles")[person.role],
        "teams": "、".join(team.name for team in own),
    }
    say(dispatcher, "utter_person", (), _buttons(viewer, person, own), **values)


def _buttons(viewer: people.Person, person: people.Person, own: List[teams.Team]) -> List[Button]:
    if not may_change(viewer, person):
        return [button(label("people"), "show_people")]
    roles = [
        button(label("make_role", role=title), "show_person", person=person.id, do=f"role.{role}")
        for role, title in labels("roles").items()
        if viewer.role == people.ADMIN and role != person.role
    ]
    moves = [
        button(label("out_of_team", team=team.name), "show_person", person=person.id, do=f"out.{team.id}")
        if team in own
        else button(label("into_team", team=team.name), "show_person", person=person.id, do=f"in.{team.id}")
        for team in teams.managed_by(database(), viewer)[:6]
    ]
    return [
        *roles,
        *moves,
        button(label("remove_person"), "show_person", person=person.id, do=REMOVE),
        button(label("people"), "show_people"),
    ]
