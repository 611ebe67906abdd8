"""practice: the card of a drill again."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill
from dialogues.actions import _score_card as score_card


class ActionShowScore(Action):
    def name(self) -> Text:
        return "action_show_score"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        chosen = drill.named(tracker)
        if chosen is None:
            dispatcher.utter_message(response="utter_no_score")
        else:
            score_card.show(dispatcher, chosen)
        return []
