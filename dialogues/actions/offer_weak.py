"""team: for a plan: what the manager's people are weak on, as buttons; the bot asks."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _team as team
from dialogues.actions._plan import asked_about
from dialogues.actions._reply import Button, button, say
from dialogues.labels import label
from knowledge.learning.data import learning, skills
from store import people, progress
from store.database import database
from store.progress import CHECK, OBJECTION, Weakness


class ActionOfferWeak(Action):
    def name(self) -> Text:
        return "action_offer_weak"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        plan = asked_about(tracker)
        manager = people.member(database(), plan.made_by) if plan else None
        choices = _choices([p.id for p in people.visible_to(database(), manager)]) if manager else []
        say(dispatcher, "utter_weak_points" if choices else "utter_no_weak_points", (), choices)
        return []


def _choices(seen: List[str]) -> List[Button]:
    """Objections, then skills, each with how many people are weak on it."""
    numbers, found = learning(), database()
    objections = progress.by_objection(found, seen, numbers.objection_answers)
    checks = progress.by_check(found, seen, numbers.skill_answers)
    return [
        button(
            label("weak_count", what=title, count=n),
            "offer_weak",
            weak=Weakness(kind, what, last, numbers.weak_below).text,
        )
        for kind, table, last in (
            (OBJECTION, objections, numbers.objection_answers),
            (CHECK, checks, numbers.skill_answers),
        )
        for what, n in progress.weakest(table, numbers.weak_below)
        for title in [team.objection_title(what) if kind == OBJECTION else skills().get(what, what)]
    ]
