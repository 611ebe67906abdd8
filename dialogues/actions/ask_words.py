"""forms: run by Rasa when a form was interrupted by a button or command: it is left, for the rep went elsewhere."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionAskWords(Action):
    def name(self) -> Text:
        return "action_ask_words"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        return [SlotSet("requested_slot", None)]
