"""follow_up: where in the training material the last answer comes from."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _objection_card as card
from dialogues.actions import _shown as shown
from dialogues.actions._find import question_first
from dialogues.actions._reply import say
from knowledge.advice import Advice
from knowledge.loader import knowledge
from knowledge.wording import cite


class ActionShowSource(Action):
    def name(self) -> Text:
        return "action_show_source"

    @question_first
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        item = shown.item(tracker)
        if item is None:
            dispatcher.utter_message(response="utter_nothing_before")
            return []
        rows = shown.rows(item)
        listed = "\n".join(f"· {cite((row,), knowledge())}" for row in rows)
        say(dispatcher, "utter_source", rows, sources_list=listed, back_button=shown.back(tracker))
        return card.remember(item) if isinstance(item, Advice) else []
