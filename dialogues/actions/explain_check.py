"""practice: why a check was judged so: the rep's own words, the reason, the source."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _check
from dialogues.actions._reply import payload, say
from dialogues.actions._score_card import MARKS, one_line
from knowledge.drill.data import words
from knowledge.loader import knowledge
from knowledge.wording import cite
from store import appeals
from store.database import database


class ActionExplainCheck(Action):
    def name(self) -> Text:
        return "action_explain_check"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        found = _check.named(tracker)
        if found is None:
            dispatcher.utter_message(response="utter_no_score")
            return []
        result = found.result
        overruled = appeals.is_decided(database(), found.attempt, result.id)
        say(
            dispatcher,
            "utter_fault_reason" if found.is_fault else "utter_check_reason",
            result.source,
            mark=MARKS[result.verdict],
            title=result.title,
            points=round(abs(result.points) if found.is_fault else result.points),
            max_points=round(result.max_points),
            evidence=one_line(result.evidence),
            why=result.why,
            better=result.better if found.is_fault or result.verdict != "yes" else None,
            overruled=words().overruled if overruled else None,
            source=cite(result.source, knowledge(), limit=1),
            appeal_button=payload("appeal_check", check=found.reference),
            score_button=payload("show_score", drill=found.drill),
        )
        return []
