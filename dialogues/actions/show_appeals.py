"""team: the oldest check that a rep of the own teams does not accept, with the answer and the manager's choices."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _team as team
from dialogues.actions._members import manager
from dialogues.actions._reply import button, say
from dialogues.labels import label, labels
from store import appeals, attempts, people
from store.database import database

LONGEST_ANSWER = 300


class ActionShowAppeals(Action):
    def name(self) -> Text:
        return "action_show_appeals"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is not None:
            show_next(dispatcher, viewer)
        return []


def waiting(viewer: people.Person) -> List[appeals.Appeal]:
    """The appeals that this manager decides: of the own teams, but not the own ones."""
    own = [person.id for person in people.visible_to(database(), viewer) if person.id != viewer.id]
    return appeals.pending(database(), own)


def show_next(dispatcher: CollectingDispatcher, viewer: people.Person) -> None:
    """The appeal that waits longest, or that there is none."""
    found = waiting(viewer)
    if not found:
        say(dispatcher, "utter_no_appeals", (), [button(label("team"), "show_team")])
        return
    appeal = found[0]
    words = json.loads(appeal.words) if appeal.words else {}
    person = people.member(database(), appeal.person_id)
    is_fault = attempts.checks_of(database(), appeal.attempt_id)[appeal.check_id].kind == attempts.FAULT
    titles = labels("fault_verdicts" if is_fault else "verdicts")
    choices = [
        button(
            label("overrule", verdict=titles[verdict]) if verdict != appeal.given else label("keep_verdict"),
            "decide_appeal",
            appeal=appeal.id,
            verdict=verdict,
        )
        for verdict in ("no" if is_fault else "yes", appeal.given)
    ]
    say(
        dispatcher,
        "utter_appeal",
        (),
        choices,
        count=len(found),
        name=person.name if person else appeal.person_id,
        objection=team.objection_title(appeal.objection),
        check=team.check_titles().get(appeal.check_id, appeal.check_id),
        given=titles.get(appeal.given, appeal.given),
        customer=words.get("customer"),
        answer=str(words.get("answer", ""))[:LONGEST_ANSWER],
    )
