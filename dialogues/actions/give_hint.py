"""practice: what is behind the customer's words and a technique that fits, without words to copy."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill
from dialogues.actions._reply import lines, say
from knowledge.loader import knowledge
from store import drills
from store.database import database


class ActionGiveHint(Action):
    def name(self) -> Text:
        return "action_give_hint"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        return give_hint(dispatcher, tracker)


def give_hint(dispatcher: CollectingDispatcher, tracker: Tracker) -> List[EventType]:
    """Say the hint; a paused drill goes on by it."""
    waiting, known = drill.under_way(tracker), knowledge()
    if waiting is None:
        return drill.nothing_under_way(dispatcher)
    objection = known.objections[waiting.state["objection"]]
    fitted = known.style_words[objection.id][drill.customer_of(waiting).style]
    technique = known.techniques[fitted.technique]
    steps = lines(technique.steps)
    say(dispatcher, "utter_drill_hint", behind=objection.behind, technique=technique.name, steps=steps)
    drills.note_shown(database(), waiting, steps)
    return drill.goes_on()
