"""practice: what an answer is judged by, before or during the drill."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from dialogues.actions._reply import say
from knowledge.loader import knowledge
from knowledge.scoring.rubric import CONDUCT, rubrics
from knowledge.wording import cite


class ActionShowRubric(Action):
    def name(self) -> Text:
        return "action_show_rubric"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        objection = _objection(tracker)
        if objection is None:
            return drill.nothing_under_way(dispatcher)
        checks = rubrics().checks[knowledge().objections[objection].scored_as]
        heaviest = max((check for check in checks if check.id != CONDUCT), key=lambda check: check.weight)
        rows = tuple(dict.fromkeys(row for check in checks for row in check.sources))
        say(
            dispatcher,
            "utter_rubric",
            rows,
            title=knowledge().objections[objection].title,
            checks="\n".join(f"· {check.title} {check.weight}" for check in checks),
            faults="、".join(fault.title for fault in rubrics().faults.values()),
            better=heaviest.better,
            source=cite(heaviest.sources, knowledge(), limit=1),
        )
        return []


def _objection(tracker: Tracker) -> str | None:
    """The one that the button names, else that of the drill under way."""
    named = context.entity(tracker, "named_objection")
    if named in knowledge().objections:
        return named
    waiting = drill.under_way(tracker)
    return str(waiting.state["objection"]) if waiting else None
