"""team: assign a drill: which objection, to whom, how many days; asks once before it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Dict, List, NamedTuple, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _team as team
from dialogues.actions._members import manager
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label
from knowledge.loader import knowledge
from store import assignments, audit, people, preferences, teams
from store.clock import utc_now
from store.database import database

DAYS = (1, 3, 7)
MAKE = "ok"
ALL = "all"


class Job(NamedTuple):
    """What a button carries: `<objection>[.<t<team> or p<person> or all>[.<days>[.ok]]]`."""

    objection: str
    whom: str
    days: str
    make: str

    def extended(self, part: str) -> str:
        """The same and one part more."""
        return ".".join([*(each for each in self if each), part])


class ActionAssign(Action):
    def name(self) -> Text:
        return "action_assign"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is None:
            return []
        parts = (context.entity(tracker, "job") or "").split(".")
        job = Job(*(parts + [""] * 4)[:4])
        title, receivers = _receivers(viewer, job.whom)
        if job.objection not in knowledge().objections:
            _offer_objections(dispatcher, context.entity(tracker, "page"))
        elif not receivers:
            _offer_people(dispatcher, viewer, job.objection, context.entity(tracker, "page"))
        elif job.days not in map(str, DAYS):
            _offer_days(dispatcher, job._replace(days="", make=""), title)
        elif job.make != MAKE:
            _ask(dispatcher, job._replace(make=""), title)
        else:
            _make(dispatcher, viewer, job, receivers)
        return []


def _receivers(viewer: people.Person, whom: str) -> tuple[str, List[people.Person]]:
    """The title and the people of an audience, as far as they are the viewer's."""
    reps = team.reps(viewer, None)
    if whom == ALL:
        return label("everybody"), reps
    if whom.startswith("t"):
        found = team.chosen(viewer, whom[1:])
        return (f"「{found.name}」", team.reps(viewer, found)) if found else ("", [])
    chosen = [person for person in reps if whom == f"p{person.id}"]
    return (chosen[0].name, chosen) if chosen else ("", [])


def _offer_objections(dispatcher: CollectingDispatcher, page: str | None) -> None:
    shown, number, last = page_of(list(knowledge().objections.values()), page)
    choices = [button(each.title, "assign", job=each.id) for each in shown]
    say(dispatcher, "utter_assign_what", (), [*choices, *page_buttons("assign", number, last)], page=number, pages=last)


def _offer_people(dispatcher: CollectingDispatcher, viewer: people.Person, objection: str, page: str | None) -> None:
    reps, number, last = page_of(team.reps(viewer, None), page)
    groups = [
        button(label("team_named", team=t.name), "assign", job=f"{objection}.t{t.id}")
        for t in teams.managed_by(database(), viewer)
    ]
    if not reps:
        say(dispatcher, "utter_team_empty", (), [button(label("invite"), "invite")])
        return
    each = [button(f"{n} {p.name[:12]}", "assign", job=f"{objection}.p{p.id}") for n, p in enumerate(reps, start=1)]
    choices = [
        button(label("everybody"), "assign", job=f"{objection}.{ALL}"),
        *groups[:8],
        *each,
        *page_buttons("assign", number, last, job=objection),
    ]
    say(dispatcher, "utter_assign_whom", (), choices, objection=team.objection_title(objection))


def _offer_days(dispatcher: CollectingDispatcher, job: Job, whom: str) -> None:
    choices = [button(label("days", count=days), "assign", job=job.extended(str(days))) for days in DAYS]
    say(dispatcher, "utter_assign_when", (), choices, objection=team.objection_title(job.objection), whom=whom)


def _ask(dispatcher: CollectingDispatcher, job: Job, whom: str) -> None:
    choices = [button(label("assign_sure"), "assign", job=job.extended(MAKE)), button(label("never_mind"), "show_team")]
    title = team.objection_title(job.objection)
    say(dispatcher, "utter_assign_sure", (), choices, objection=title, whom=whom, days=job.days)


def _make(dispatcher: CollectingDispatcher, viewer: people.Person, job: Job, receivers: List[people.Person]) -> None:
    now = utc_now()
    due_at = now + timedelta(days=int(job.days))
    with database().atomic():
        made = assignments.create(database(), viewer.id, job.objection, [p.id for p in receivers], due_at, now)
        audit.record(database(), viewer.id, "assign", now, str(made), f"{job.objection} to {len(receivers)}")
    ends = preferences.of(database(), viewer.id).local(due_at)
    title = team.objection_title(job.objection)
    choices = [button(label("assignments"), "show_assignments")]
    say(dispatcher, "utter_assigned", (), choices, objection=title, count=len(receivers), ends=f"{ends:%m-%d %H:%M}")
