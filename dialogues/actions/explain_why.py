"""follow_up: why this technique, in steps, and when it backfires."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _objection_card as card
from dialogues.actions._find import question_first
from dialogues.actions._reply import lines, say
from knowledge.loader import knowledge
from knowledge.wording import cite


class ActionExplainWhy(Action):
    def name(self) -> Text:
        return "action_explain_why"

    @question_first
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        advice = card.current(tracker)
        if advice is None:
            dispatcher.utter_message(response="utter_nothing_before")
            return []
        technique, buttons = advice.technique, card.buttons(advice)
        say(
            dispatcher,
            "utter_why",
            technique.sources,
            technique=technique.name,
            idea=technique.idea,
            why=technique.why,
            steps=lines(technique.steps),
            risk=technique.risk,
            caution=technique.caution,
            source=cite(technique.sources, knowledge(), limit=1),
            next_button=buttons["next_button"],
            practise_button=buttons["practise_button"],
        )
        return card.remember(advice)
