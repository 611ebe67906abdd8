"""checklists: what is still open, for a reminder; asked by the bot (bot/reminders.py), not by a person."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import button, say
from dialogues.boards import board, to_remind, today
from dialogues.labels import label
from knowledge.checklists.data import Checklist
from knowledge.checklists.periods import Period, last_day_of


class ActionRemindLists(Action):
    def name(self) -> Text:
        return "action_remind_lists"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        given = context.entity(tracker, "day")
        day = date.fromisoformat(given) if given else today(context.person(tracker))
        wanted = (context.entity(tracker, "list") or "").split(",")
        lists = [one for one in to_remind(context.person(tracker), day) if one.id in wanted]
        if not lists:
            dispatcher.utter_message(response="utter_lists_done")
            return []
        buttons = [button(one.title, "show_list", list=one.id) for one in lists]
        off = button(label("lists_off"), "show_settings", set="lists=0")
        lines = "\n".join(_line(context.person(tracker), one, day) for one in lists)
        say(dispatcher, "utter_remind_lists", (), [*buttons, off], lines=lines)
        return []


def _line(person_id: str, checklist: Checklist, day: date) -> str:
    left = sum(not entry.done for entry in board(person_id, checklist, day))
    last = last_day_of(Period(checklist.id), day)
    until = "" if last == day else label("until", month=last.month, day=last.day)
    return label("left_in_list", title=checklist.title, count=left, until=until)
