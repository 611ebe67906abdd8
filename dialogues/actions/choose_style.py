"""follow_up: the five styles as buttons, for the objection under discussion where there is one."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from knowledge.models import Style


class ActionChooseStyle(Action):
    def name(self) -> Text:
        return "action_choose_style"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        asked_for = context.objection(tracker) if context.entity(tracker, "advice") else None
        offer_styles(dispatcher, asked_for or "ask_customer_type")
        return []


def offer_styles(dispatcher: CollectingDispatcher, intent: str = "ask_customer_type") -> None:
    """The five styles as buttons, each of which sends `intent` with its style."""
    say(dispatcher, "utter_choose_style", **{style.value: payload(intent, style=style.value) for style in Style})
