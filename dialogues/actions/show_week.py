"""team: a manager's last week in words and buttons; the bot asks on Mondays, a manager by button."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _team as team
from dialogues.actions._members import manager
from dialogues.actions._reply import Button, button, say
from dialogues.actions.show_appeals import waiting
from dialogues.labels import label
from store import assignments, people, preferences, team_progress
from store.clock import utc_now
from store.database import database

# The bot asks in a conversation of its own, which nobody can speak in, so that a form under way is not disturbed.
SENDER = "week:"


class ActionShowWeek(Action):
    def name(self) -> Text:
        return "action_show_week"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = _viewer(dispatcher, tracker)
        if viewer is None:
            return []
        reps = team.reps(viewer, None)
        if reps:
            _say(dispatcher, viewer, reps, utc_now())
        else:
            say(dispatcher, "utter_team_empty", (), [button(label("invite"), "invite")])
        return []


def _viewer(dispatcher: CollectingDispatcher, tracker: Tracker) -> people.Person | None:
    sender = str(tracker.sender_id)
    if not sender.startswith(SENDER):
        return manager(dispatcher, tracker)
    found = people.member(database(), sender.removeprefix(SENDER))
    if found is None or not found.manages:
        dispatcher.utter_message(response="utter_managers_only")
        return None
    return found


def _say(dispatcher: CollectingDispatcher, viewer: people.Person, reps: List[people.Person], now: datetime) -> None:
    ids, names = [person.id for person in reps], {person.id: person.name for person in reps}
    since, local = now - team.WEEK, preferences.of(database(), viewer.id).local
    gains = sorted(team_progress.improvement(database(), ids, since).items(), key=lambda each: -each[1])
    open_jobs = assignments.open_since(database(), ids, since)
    appeals = waiting(viewer)
    say(
        dispatcher,
        "utter_week",
        (),
        _buttons(bool(appeals)),
        title=team.title_of(viewer, None),
        days=label("week", first=f"{local(since):%m-%d}", last=f"{local(now):%m-%d}"),
        improved="、".join(
            label("rise", name=names[p], points=round(gain)) for p, gain in gains[: team.NAMED] if gain >= 1
        ),
        open_jobs=label("open_jobs", count=open_jobs) if open_jobs else None,
        appeals=label("appeals_count", count=len(appeals)) if appeals else None,
        **team.figures(reps, team_progress.cells(database(), ids), since),
    )


def _buttons(appeals: bool) -> List[Button]:
    return [
        button(label("team_picture"), "show_team"),
        button(label("assign"), "assign"),
        *([button(label("appeals"), "show_appeals")] if appeals else []),
        button(label("ranking"), "show_ranking"),
        button(label("settings"), "show_settings"),
    ]
