"""learning: what is left of today's set, small enough for five minutes; a friendly word where nothing is."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _today
from dialogues.actions._reply import say
from knowledge.learning.data import learning, skills
from knowledge.learning.days import bounds, day_of
from knowledge.learning.today import DailySet, DueDrill
from knowledge.loader import knowledge
from store import schedule
from store.clock import utc_now
from store.database import database


class ActionShowToday(Action):
    def name(self) -> Text:
        return "action_show_today"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person, now = context.person(tracker), utc_now()
        left = _today.left_today(person, now)
        done = schedule.done_since(database(), person, bounds(now, _today.zone_of(person))[0])
        if left:
            _show(dispatcher, left, done)
        else:
            say(dispatcher, "utter_nothing_due", done=done or None, next=_next_day(person, now))
        return []


def _show(dispatcher: CollectingDispatcher, left: DailySet, done: int) -> None:
    say(
        dispatcher,
        "utter_today",
        (),
        _today.start_buttons(left),
        minutes=left.minutes(learning()),
        quizzes=len(left.quizzes) or None,
        drills="；".join(map(_described, left.drills)),
        done=done or None,
    )


def _described(drill: DueDrill) -> str:
    """The objection and what to mind this time: 太贵了（问出原因、推进一步）."""
    title = knowledge().objections[drill.objection].title
    names = "、".join(skill for check, skill in skills().items() if check in drill.checks)
    return learning().words["due_drill"].format(title=title, skills=names) if names else title


def _next_day(person: str, now: datetime) -> str:
    """When something comes back, as month and day; "" where nothing was practised."""
    due = schedule.next_due(database(), person)
    if due is None:
        return ""
    day = day_of(max(due, bounds(now, _today.zone_of(person))[1]), _today.zone_of(person))
    return learning().words["day"].format(month=day.month, day=day.day)
