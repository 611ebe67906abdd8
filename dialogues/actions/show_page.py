"""questions: a further page of a card, a style or an objection."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _cards as cards
from dialogues.actions import _context as context
from dialogues.actions._objection_card import show_material
from dialogues.actions.describe_style import show_details
from knowledge.loader import knowledge


class ActionShowPage(Action):
    def name(self) -> Text:
        return "action_show_page"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        card_id = context.entity(tracker, "card") or ""
        if card_id in knowledge().styles:
            show_details(dispatcher, knowledge().styles[card_id])
            return [SlotSet("topic", "style"), SlotSet("shown", card_id)]
        if card_id in knowledge().objections:
            show_material(dispatcher, knowledge().objections[card_id])
            return []
        card = knowledge().cards.get(card_id)
        page = context.entity(tracker, "page") or ""
        if card is None or not page.isdecimal() or not 1 <= int(page) <= len(card.more):
            dispatcher.utter_message(response="utter_not_in_material")
            return []
        return cards.show_page(dispatcher, tracker, card, int(page))
