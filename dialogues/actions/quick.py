"""visit_help: beside the customer, in two taps: the objection, the style, then three lines."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions._reply import Button, button, say
from dialogues.labels import label
from knowledge.advice import advise
from knowledge.loader import knowledge
from knowledge.wording import fill


class ActionQuick(Action):
    def name(self) -> Text:
        return "action_quick"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        known = knowledge()
        objection = context.objection(tracker) if context.entity(tracker, "advice") else None
        named = context.entity(tracker, "named_objection")
        if objection:
            self._answer(dispatcher, objection, context.style(tracker), facts.of(tracker, objection))
        elif named in known.objections:
            say(dispatcher, "utter_quick_style", (), _styles(named), title=known.objections[named].title)
        else:
            objections = [button(one.title, "quick", named_objection=one.id) for one in known.objections.values()]
            say(dispatcher, "utter_quick_objection", (), objections)
        return []

    def _answer(
        self, dispatcher: CollectingDispatcher, objection_id: str, style: str | None, values: facts.Values
    ) -> None:
        advice = advise(knowledge(), objection_id, style)
        say(
            dispatcher,
            "utter_quick",
            advice.technique.sources,
            say=fill(advice.words.say, knowledge(), values),
            ask=fill(advice.objection.ask_first, knowledge(), values),
            avoid=advice.words.avoid,
            more_button=context.advice_payload(objection_id, style, 0),
        )


def _styles(objection_id: str) -> List[Button]:
    """One button for each style, and one for a customer who cannot be placed."""
    fitted = [(style.title, style.id) for style in knowledge().styles.values()]
    return [
        button(title, "quick", advice=context.advice_name(objection_id, style, 0))
        for title, style in [*fitted, (label("style_unknown"), None)]
    ]
