"""learning: past drills of this chat, newest first, page by page; a button opens the card of each again."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _today
from dialogues.actions._paging import page_buttons, place
from dialogues.actions._reply import Button, button, say
from knowledge.drill.data import scenarios
from knowledge.learning.data import learning
from knowledge.learning.days import day_of
from knowledge.loader import knowledge
from store import history
from store.database import database
from store.history import Past


class ActionShowHistory(Action):
    def name(self) -> Text:
        return "action_show_history"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        size = learning().history_page
        count = history.count(database(), tracker.sender_id)
        if not count:
            dispatcher.utter_message(response="utter_no_history")
            return []
        page, pages = place(context.entity(tracker, "page"), count, size)
        zone = _today.zone_of(context.person(tracker))
        past = history.page(database(), tracker.sender_id, size, (page - 1) * size)
        say(
            dispatcher,
            "utter_history",
            (),
            [*(_open(one, zone) for one in past), *page_buttons("show_history", page, pages)],
            page=page,
            pages=pages,
            drills="\n".join(_line(one, zone) for one in past),
        )
        return []


def _open(past: Past, zone: tzinfo) -> Button:
    return button(_day_and_title(past, zone), "show_score", drill=past.id)


def _line(past: Past, zone: tzinfo) -> str:
    """“3/12 太贵了 · 控制型 · 72 分”, as far as the customer is still in the data."""
    scenario, words = scenarios().get(past.scenario), learning().words
    style = knowledge().styles[scenario.style].title if scenario else ""
    total = words["no_total"] if past.total is None else words["total"].format(total=past.total)
    return " · ".join(part for part in (_day_and_title(past, zone), style, total) if part)


def _day_and_title(past: Past, zone: tzinfo) -> str:
    day, objection = day_of(past.started_at, zone), knowledge().objections.get(past.objection)
    title = objection.title if objection else past.scenario
    return learning().words["past"].format(month=day.month, day=day.day, title=title)
