"""visits: one review, shared or taken back or deleted, or the list of all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _visit as review
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, payload, say
from dialogues.actions.start_review import NEW
from dialogues.labels import label
from knowledge.visit_review import visit_review
from store import visits
from store.database import database
from store.visits import Visit


class ActionShowReview(Action):
    def name(self) -> Text:
        return "action_show_review"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        visit = review.of_id(tracker, context.entity(tracker, "visit"))
        if visit is None:
            _list(dispatcher, tracker)
        else:
            _do(dispatcher, tracker, visit, context.entity(tracker, "do") or review.SHOW)
        return []


def _do(dispatcher: CollectingDispatcher, tracker: Tracker, visit: Visit, what: str) -> None:
    if what == review.DROP:
        sure = payload("show_review", visit=visit.id, do=review.SURE)
        say(dispatcher, "utter_drop_visit_sure", sure_button=sure, back_button=payload("show_review", visit=visit.id))
    elif what == review.SURE:
        visits.drop(database(), visit)
        _list(dispatcher, tracker)
    elif what in (review.SHARE, review.HIDE):
        visit = replace(visit, shared=what == review.SHARE)
        visits.keep(database(), visit)
        review.show(dispatcher, visit)
    else:
        review.show(dispatcher, visit, full=what == review.FULL)


def _list(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    customer = context.number(context.entity(tracker, "customer"))
    found = visits.newest(database(), context.person(tracker), visit_review().kept, customer)
    shown, number, last = page_of(found, context.entity(tracker, "page"))
    buttons = [
        *(button(review.title_of(visit), "show_review", visit=visit.id) for visit in shown),
        *page_buttons("show_review", number, last),
        button(label("new_review"), "start_review", do=NEW),
    ]
    reply = "utter_visits" if found else "utter_no_visit"
    say(dispatcher, reply, (), buttons, count=len(found), page=number, pages=last)
