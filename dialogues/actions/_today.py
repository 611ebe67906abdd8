"""What is left of a person's daily set, and the buttons that start it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from dialogues.actions._reply import Button, button
from knowledge.learning.data import learning, quizzes
from knowledge.learning.days import bounds
from knowledge.learning.today import DailySet, daily_set, fresh_quizzes
from knowledge.loader import knowledge
from store import preferences, progress, schedule
from store.database import database
from store.schedule import Kind


def zone_of(person_id: str) -> ZoneInfo:
    """Where a person's day begins and ends."""
    return ZoneInfo(preferences.of(database(), person_id).zone)


def left_today(person_id: str, now: datetime) -> DailySet:
    """What a person has still to do today."""
    numbers = learning()
    began, ends = bounds(now, zone_of(person_id))
    known, objections = quizzes(), knowledge().objections
    due = [item.subject for item in schedule.due(database(), person_id, Kind.QUIZ, ends) if item.subject in known]
    checks = [
        (item.subject, item.check_id)
        for item in schedule.due(database(), person_id, Kind.CHECK, ends)
        if item.subject in objections
    ]
    new = numbers.new_a_day - schedule.new_since(database(), person_id, Kind.QUIZ, began)
    done = schedule.done_since(database(), person_id, began)
    return daily_set(due, checks, fresh(person_id)[: max(new, 0)], numbers, done)


def fresh(person_id: str) -> list[str]:
    """Questions that a person was never asked, those on weak objections first."""
    seen = schedule.times_asked(database(), person_id, Kind.QUIZ)
    mastery = progress.by_objection(database(), [person_id], learning().objection_answers).get(person_id, {})
    weak = {name for name, found in mastery.items() if found.value < learning().weak_below}
    return fresh_quizzes(quizzes().values(), seen, weak, person_id)


def start_buttons(left: DailySet) -> list[Button]:
    """One button for the questions, one for each drill."""
    asked = [button(learning().words["next"], "ask_quiz")] if left.quizzes else []
    return [*asked, *(drill_button(drill.objection) for drill in left.drills)]


def drill_button(objection: str) -> Button:
    """A button that starts a drill on an objection."""
    title = learning().words["drill"].format(title=knowledge().objections[objection].title)
    return button(title, "start_drill", named_objection=objection)
