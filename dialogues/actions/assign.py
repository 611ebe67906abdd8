"""team: assign a drill or the set of the weakest: to whom, how many days; asks once before it is done."""

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
from knowledge.learning.data import learning
from knowledge.loader import knowledge
from store import assignments, audit, people, preferences, progress, teams
from store.clock import utc_now
from store.database import database

DAYS = (1, 3, 7)
MAKE = "ok"
ALL = "all"
# A set instead of one objection: what the receivers master least, at the moment of the assigning.
WEAKEST, SET_SIZE = "set", 3


class Job(NamedTuple):
    """What a button carries: `<objection or set>[.<t<team> or p<person> or all>[.<days>[.ok]]]`."""

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
        if job.objection not in (WEAKEST, *knowledge().objections):
            _offer_objections(dispatcher, context.entity(tracker, "page"))
        elif not receivers:
            _offer_people(dispatcher, viewer, job.objection, context.entity(tracker, "page"))
        elif job.days not in map(str, DAYS):
            _offer_days(dispatcher, job._replace(days="", make=""), title, receivers)
        elif job.make != MAKE:
            _ask(dispatcher, job._replace(make=""), title, receivers)
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


def _objections(job: Job, receivers: List[people.Person]) -> List[str]:
    """What is assigned: one objection, or the weakest of the receivers and, where they practised too little, others."""
    if job.objection != WEAKEST:
        return [job.objection]
    practised = progress.by_objection(database(), [person.id for person in receivers], learning().objection_answers)
    weak = [objection for objection, _ in progress.weakest(practised, learning().weak_below)]
    known = knowledge().objections
    return [objection for objection in dict.fromkeys([*weak, *known]) if objection in known][:SET_SIZE]


def _titles(job: Job, receivers: List[people.Person]) -> str:
    return "、".join(map(team.objection_title, _objections(job, receivers)))


def _offer_objections(dispatcher: CollectingDispatcher, page: str | None) -> None:
    shown, number, last = page_of(list(knowledge().objections.values()), page)
    choices = [button(each.title, "assign", job=each.id) for each in shown]
    choices += [button(label("weakest_set"), "assign", job=WEAKEST)] if number == 1 else []
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
    title = label("weakest_set") if objection == WEAKEST else team.objection_title(objection)
    say(dispatcher, "utter_assign_whom", (), choices, objection=title)


def _offer_days(dispatcher: CollectingDispatcher, job: Job, whom: str, receivers: List[people.Person]) -> None:
    choices = [button(label("days", count=days), "assign", job=job.extended(str(days))) for days in DAYS]
    say(dispatcher, "utter_assign_when", (), choices, objection=_titles(job, receivers), whom=whom)


def _ask(dispatcher: CollectingDispatcher, job: Job, whom: str, receivers: List[people.Person]) -> None:
    choices = [button(label("assign_sure"), "assign", job=job.extended(MAKE)), button(label("never_mind"), "show_team")]
    say(dispatcher, "utter_assign_sure", (), choices, objection=_titles(job, receivers), whom=whom, days=job.days)


def _make(dispatcher: CollectingDispatcher, viewer: people.Person, job: Job, receivers: List[people.Person]) -> None:
    now = utc_now()
    due_at = now + timedelta(days=int(job.days))
    title, objections = _titles(job, receivers), _objections(job, receivers)
    with database().atomic():
        for objection in objections:
            made = assignments.create(database(), viewer.id, objection, [p.id for p in receivers], due_at, now)
            audit.record(database(), viewer.id, "assign", now, str(made), f"{objection} to {len(receivers)}")
    ends = preferences.of(database(), viewer.id).local(due_at)
    choices = [button(label("assignments"), "show_assignments")]
    say(dispatcher, "utter_assigned", (), choices, objection=title, count=len(receivers), ends=f"{ends:%m-%d %H:%M}")
