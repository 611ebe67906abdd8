"""calculators: ask for deals, anew or to be added to those of before."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import say
from dialogues.actions._words import wait_in
from knowledge.calculators.data import calculators


class ActionStartForecast(Action):
    def name(self) -> Text:
        return "action_start_forecast"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        deals = tracker.get_slot("deals") or []
        if context.entity(tracker, "more") and deals:
            say(dispatcher, "utter_ask_more_deals", count=len(deals))
            return wait_in("forecast_form")
        stages = calculators().forecast.stages
        say(dispatcher, "utter_ask_deals", stages="、".join(f"{stage.title} {stage.rate}%" for stage in stages))
        return [SlotSet("deals", None), *wait_in("forecast_form")]
