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
from store import people, preferences
from store.database import database
from store.preferences import Preferences

ZONES = {
    "Asia/Shanghai": "北京时间", "Asia/Urumqi": "乌鲁木齐", "Asia/Hong_Kong": "香港", "Asia/Taipei": "台北",
    "Asia/Singapore": "新加坡", "Asia/Bangkok": "曼谷", "Asia/Tokyo": "东京", "Asia/Dubai": "迪拜",
    "Europe/London": "伦敦", "Europe/Berlin": "柏林", "America/New_York": "纽约", "America/Los_Angeles": "洛杉矶",
    "Australia/Sydney": "悉尼",
}  # fmt: skip
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
    if subject == "zone" and value in ZONES:
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
    return wanted


def _choices(subject: str, step: int | None = None) -> List[Button]:
    """A button for each value of a subject."""
    offered: Mapping[str, Callable[[], List[tuple[str, str]]]] = {
        "zone": lambda: [(title, zone) for zone, title in ZONES.items()],
        "hour": lambda: [(f"{hour}:00", str(hour)) for hour in HOURS],
        "quiet": lambda: [(_quiet(start, end), f"{start}-{end}") for start, end in QUIET],
        "tips": lambda: [("每天要", "1"), ("不用了", "0")],
    }
    values = offered[subject]() if subject in offered else []
    return [button(title, "show_settings", set=f"{subject}={value}", step=step) for title, value in values]


def _first_step(dispatcher: CollectingDispatcher, step: int) -> None:
    if step >= len(STEPS):
        say(dispatcher, "utter_welcome_done")
        return
    subject, response = STEPS[step]
    skip = button("跳过", "show_settings", step=len(STEPS))
    say(dispatcher, response, (), [*_choices(subject, step + 1), skip])


def _choose(dispatcher: CollectingDispatcher, subject: str) -> None:
    say(dispatcher, "utter_choose_setting", (), [*_choices(subject), button("返回设置", "show_settings")])


def _show(dispatcher: CollectingDispatcher, person: people.Person, wanted: Preferences) -> None:
    switches = [
        button(f"{'关' if on else '开'}{title}", "show_settings", set=f"{name}={int(not on)}")
        for name, title, on in (("tips", "小贴士", wanted.tips), ("leaderboard", "进步榜", wanted.leaderboard))
    ]
    choices = [
        button(title, "show_settings", set=name)
        for name, title in (("zone", "改时区"), ("hour", "改提醒时间"), ("quiet", "改免打扰"))
    ]
    say(
        dispatcher,
        "utter_settings",
        (),
        [button("改称呼", "rename", what="me"), *choices, *switches],
        name=person.name,
        zone=ZONES.get(wanted.zone, wanted.zone),
        hour=wanted.reminder_hour,
        quiet=_quiet(wanted.quiet_from, wanted.quiet_until),
        tips="开" if wanted.tips else "关",
        leaderboard="显示" if wanted.leaderboard else "不显示",
    )


def _quiet(start: int, end: int) -> str:
    return "不设" if start == end else f"{start}:00–{end}:00"
