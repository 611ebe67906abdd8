"""people: what a person wants, as buttons; the first steps of a new member are the same screens one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Dict, List, Mapping, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import speaker
from dialogues.actions._reply import Button, button, say
from dialogues.labels import label, labels
from store import drills, people, preferences
from store.database import database
from store.preferences import Preferences

HOURS = (7, 8, 9, 12, 18, 20)
QUIET = ((22, 8), (21, 9), (23, 7), (0, 0))
ON = {"1": True, "0": False}
# The first steps, in this order; each can be skipped.
STEPS = (("zone", "utter_step_zone"), ("hour", "utter_step_hour"), ("tips", "utter_step_tips"))


class ActionShowSettings(Action):
    def name(self) -> Text:
        return "action_show_settings"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = speaker(tracker)
        if person is None:
            dispatcher.utter_message(response="utter_managers_only")
            return []
        subject, _, value = (context.entity(tracker, "set") or "").partition("=")
        before = preferences.of(database(), person.id)
        wanted = changed(before, subject, value)
        if wanted != before:
            preferences.save(database(), person.id, wanted)
        if subject == "coaching" and value in ON:
            drills.set_coaching(database(), person.id, ON[value])
        step = context.entity(tracker, "step")
        if step is not None:
            _first_step(dispatcher, int(step) if step.isdecimal() else len(STEPS))
        elif subject and not value:
            _choose(dispatcher, subject)
        else:
            _show(dispatcher, person, wanted)
        return []


def changed(wanted: Preferences, subject: str, value: str) -> Preferences:
    """The preferences with one value changed; as they are for a value that no button offers."""
    if subject == "zone" and value in labels("zones"):
        return replace(wanted, zone=value)
    if subject == "hour" and value in map(str, HOURS):
        return replace(wanted, reminder_hour=int(value))
    if subject == "quiet" and value in (f"{start}-{end}" for start, end in QUIET):
        start, _, end = value.partition("-")
        return replace(wanted, quiet_from=int(start), quiet_until=int(end))
    if subject == "tips" and value in ON:
        return replace(wanted, tips=ON[value])
    if subject == "leaderboard" and value in ON:
        return replace(wanted, leaderboard=ON[value])
    if subject == "weekly" and value in ON:
        return replace(wanted, weekly=ON[value])
    if subject == "lists" and value in ON:
        return replace(wanted, lists=ON[value])
    return wanted


def _choices(subject: str, step: int | None = None) -> List[Button]:
    """A button for each value of a subject."""
    offered: Mapping[str, Callable[[], List[tuple[str, str]]]] = {
        "zone": lambda: [(title, zone) for zone, title in labels("zones").items()],
        "hour": lambda: [(f"{hour}:00", str(hour)) for hour in HOURS],
        "quiet": lambda: [(_quiet(start, end), f"{start}-{end}") for start, end in QUIET],
        "tips": lambda: [(label("tips_wanted"), "1"), (label("tips_unwanted"), "0")],
    }
    values = offered[subject]() if subject in offered else []
    return [button(title, "show_settings", set=f"{subject}={value}", step=step) for title, value in values]


def _first_step(dispatcher: CollectingDispatcher, step: int) -> None:
    if step >= len(STEPS):
        say(dispatcher, "utter_welcome_done")
        return
    subject, response = STEPS[step]
    skip = button(label("skip"), "show_settings", step=len(STEPS))
    say(dispatcher, response, (), [*_choices(subject, step + 1), skip])


def _choose(dispatcher: CollectingDispatcher, subject: str) -> None:
    say(
        dispatcher, "utter_choose_setting", (), [*_choices(subject), button(label("back_to_settings"), "show_settings")]
    )


def _show(dispatcher: CollectingDispatcher, person: people.Person, wanted: Preferences) -> None:
    coaching = drills.coaching(database(), person.id)
    switched = {"tips": wanted.tips, "coaching": coaching, "lists": wanted.lists, "leaderboard": wanted.leaderboard}
    if person.manages:
        switched["weekly"] = wanted.weekly
    switches = [
        button(labels("switch_off" if on else "switch_on")[name], "show_settings", set=f"{name}={int(not on)}")
        for name, on in switched.items()
    ]
    choices = [button(title, "show_settings", set=name) for name, title in labels("changes").items()]
    say(
        dispatcher,
        "utter_settings",
        (),
        [button(label("rename_me"), "rename", what="me"), *choices, *switches],
        name=person.name,
        zone=labels("zones").get(wanted.zone, wanted.zone),
        hour=wanted.reminder_hour,
        quiet=_quiet(wanted.quiet_from, wanted.quiet_until),
        tips=labels("tips_state")["yes" if wanted.tips else "no"],
        coaching=labels("tips_state")["yes" if switched["coaching"] else "no"],
        lists=labels("tips_state")["yes" if wanted.lists else "no"],
        leaderboard=labels("leaderboard_state")["yes" if wanted.leaderboard else "no"],
        weekly=labels("tips_state")["yes" if wanted.weekly else "no"] if person.manages else None,
    )


def _quiet(start: int, end: int) -> str:
    return label("no_quiet_hours") if start == end else f"{start}:00–{end}:00"
