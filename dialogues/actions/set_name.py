"""people: the typed name is taken, where it is one."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._members import manager, speaker
from dialogues.actions._reply import button, say
from dialogues.labels import label
from store import audit, people, teams
from store.clock import utc_now
from store.database import database

LONGEST = 16


class ActionSetName(Action):
    def name(self) -> Text:
        return "action_set_name"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        given = " ".join(str(tracker.get_slot("new_name") or "").split())
        what = tracker.get_slot("naming")
        # Braces would be placeholders to Rasa, what cannot be printed would spoil every list.
        if not given.isprintable() or not 1 <= len(given) <= LONGEST or set(given) & set("{}"):
            say(dispatcher, "utter_bad_name", (), [button(label("try_again"), "rename", what=what)], longest=LONGEST)
        elif what == "team":
            _make_team(dispatcher, tracker, given)
        else:
            _name_person(dispatcher, tracker, given)
        return [SlotSet("new_name", None)]


def _name_person(dispatcher: CollectingDispatcher, tracker: Tracker, given: str) -> None:
    person = speaker(tracker)
    if person is None:
        dispatcher.utter_message(response="utter_managers_only")
        return
    people.set_name(database(), person.id, given)
    say(dispatcher, "utter_named", (), [button(label("back_to_settings"), "show_settings")], name=given)


def _make_team(dispatcher: CollectingDispatcher, tracker: Tracker, given: str) -> None:
    person = manager(dispatcher, tracker)
    if person is None:
        return
    if person.role != people.ADMIN:
        dispatcher.utter_message(response="utter_managers_only")
        return
    now = utc_now()
    try:
        with database().atomic():
            team = teams.create(database(), given, now, local=person.local)
            audit.record(database(), person.id, "team", now, given, None, team.id)
    except teams.TeamError:
        say(dispatcher, "utter_team_taken", (), [button(label("other_name"), "rename", what="team")], name=given)
        return
    say(dispatcher, "utter_team_made", (), [button(label("invite"), "invite")], name=given)
