"""calculators: a CSV file: customers are graded, deals become a forecast, mistakes are told by row."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import say
from dialogues.actions.show_forecast import kept, sentences, show_forecast
from dialogues.actions.show_grade import show_grades
from knowledge.calculators.forecast import forecast
from knowledge.calculators.tables import read_table


class ActionReadTable(Action):
    def name(self) -> Text:
        return "action_read_table"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        table = read_table(context.entity(tracker, "table") or "")
        events: List[EventType] = []
        if table.customers:
            show_grades(dispatcher, list(table.customers))
        if table.deals:
            show_forecast(dispatcher, forecast(table.deals))
            events = [SlotSet("deals", kept(table.deals))]
        if table.mistakes:
            good, bad = len(table.customers) + len(table.deals), len(table.mistakes)
            reply = "utter_table_partly" if good else "utter_table_wrong"
            say(dispatcher, reply, count=good, bad=bad, problems=sentences(list(table.mistakes)))
        return events
