"""learning: how well this person masters skills and objections, as a picture; the weakest are one tap away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _today
from dialogues.actions._reply import Button, button, say, show_picture
from knowledge.learning.data import learning, skills
from knowledge.learning.days import day_of, last_days, streak
from knowledge.learning.report import Report, in_words, picture, strong, to_practise, weak
from knowledge.loader import knowledge
from store import people, progress
from store.clock import utc_now
from store.database import database

# A streak is looked for so far back; longer ones are shown as this long.
LONGEST_STREAK = timedelta(days=400)
# So many names in the caption and buttons below it: one row of a phone each.
NAMED = 3


class ActionShowProgress(Action):
    def name(self) -> Text:
        return "action_show_progress"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        report = report_on(context.person(tracker), utc_now())
        if report.streak or report.drills:
            _show(dispatcher, report)
        else:
            dispatcher.utter_message(response="utter_no_progress")
        return []


def report_on(person: str, now: datetime) -> Report:
    """The numbers of one person."""
    numbers, opened, zone = learning(), database(), _today.zone_of(person)
    today = day_of(now, zone)
    practised = progress.practised_days(opened, [person], now - LONGEST_STREAK, zone).get(person, set())
    by_check = progress.by_check(opened, [person], numbers.skill_answers).get(person, {})
    by_objection = progress.by_objection(opened, [person], numbers.objection_answers).get(person, {})
    return Report(
        name=people.name_of(opened, person),
        drills=progress.drills(opened, [person]).get(person, 0),
        streak=streak(practised, today, numbers.rest_days),
        days=tuple(day in practised for day in last_days(today, numbers.days_shown)),
        trend=tuple(progress.drill_totals(opened, person, numbers.drills_shown)),
        skills={name: mastery.value for name, mastery in by_check.items()},
        # What a company has taken back has no title any more.
        objections={name: mastery.value for name, mastery in by_objection.items() if name in knowledge().objections},
    )


def _further() -> List[Button]:
    words = learning().words
    return [button(words["today"], "show_today"), button(words["history"], "show_history")]


def _show(dispatcher: CollectingDispatcher, report: Report) -> None:
    titles = {name: objection.title for name, objection in knowledge().objections.items()}
    numbers, words = learning(), learning().picture
    practise = to_practise(report, titles, numbers, NAMED)
    say(
        dispatcher,
        "utter_progress",
        (),
        [*map(_today.drill_button, practise), *_further()],
        streak=report.streak or None,
        strong="、".join(titles[name] for name in strong(report.objections, numbers.weak_below)[:NAMED]),
        weak="、".join(titles[name] for name in weak(report.objections, numbers.weak_below)[:NAMED]),
    )
    show_picture(dispatcher, "progress", in_words(report, skills(), words), picture(report, skills(), titles, words))
