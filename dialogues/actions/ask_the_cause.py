"""follow_up: after several techniques in vain, the question that finds the real worry."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions import _objection_card as card
from dialogues.actions._reply import lines, say
from knowledge.loader import knowledge
from knowledge.wording import cite, fill


class ActionAskTheCause(Action):
    def name(self) -> Text:
        return "action_ask_the_cause"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        advice = card.current(tracker)
        if advice is None:
            dispatcher.utter_message(response="utter_nothing_before")
            return []
        objection, buttons = advice.objection, card.buttons(advice)
        say(
            dispatcher,
            "utter_ask_the_cause",
            objection.sources,
            ask_first=fill(objection.ask_first, knowledge(), facts.of(tracker)),
            causes=lines(objection.causes),
            source=cite(objection.sources, knowledge(), limit=1),
            next_button=buttons["next_button"],
            style_button=buttons["style_button"],
        )
        context.record(tracker, context.ANSWERED)
        return []
