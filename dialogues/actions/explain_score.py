"""practice: every check and fault of a card with its points; a button each for the reasons."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill
from dialogues.actions import _score_card as score_card
from dialogues.actions._reply import Button, button, say
from knowledge.drill.card import Point


class ActionExplainScore(Action):
    def name(self) -> Text:
        return "action_explain_score"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        chosen = drill.named(tracker)
        found = score_card.of_drill(chosen) if chosen else None
        if found is None:
            dispatcher.utter_message(response="utter_no_score")
            return []
        say(
            dispatcher,
            "utter_score_reasons",
            (),
            [_button(point) for point in (*found.checks, *found.faults)],
            total=found.total,
            checks="\n".join([*map(_points, found.checks), *(score_card.fault_line(p.result) for p in found.faults)]),
        )
        return []


def _points(point: Point) -> str:
    result = point.result
    return f"{score_card.MARKS[result.verdict]} {result.title} {round(result.points)}/{round(result.max_points)}"


def _button(point: Point) -> Button:
    return button(point.result.title, "explain_check", check=f"{point.attempt}.{point.result.id}")
