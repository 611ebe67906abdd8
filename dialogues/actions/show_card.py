"""questions: a card, technique or signal chosen by its button."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _cards as cards
from dialogues.actions import _context as context


class ActionShowCard(Action):
    def name(self) -> Text:
        return "action_show_card"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        context.record(tracker, context.ANSWERED)
        return cards.show_id(dispatcher, tracker, context.entity(tracker, "card") or "")
