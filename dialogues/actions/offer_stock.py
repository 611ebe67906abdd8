"""questions: for a plan: the objections of the stock, then the tips of one, as buttons; the bot asks."""

from __future__ import annotations

from collections import Counter
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _team as team
from dialogues.actions._reply import button, say
from knowledge.tip_stock import tips


class ActionOfferStock(Action):
    def name(self) -> Text:
        return "action_offer_stock"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        stock, chosen = tips().values(), context.entity(tracker, "named_objection")
        objections = Counter(tip.objection for tip in stock if tip.objection)
        if chosen in objections:
            choices = [button(tip.title, "show_tip", tip=tip.id) for tip in stock if tip.objection == chosen]
            say(dispatcher, "utter_stock_tips", (), choices, objection=team.objection_title(str(chosen)))
        else:
            choices = [
                button(team.objection_title(each), "offer_stock", named_objection=each)
                for each, _ in objections.most_common()
            ]
            say(dispatcher, "utter_stock", (), choices)
        return []
