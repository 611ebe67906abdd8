"""follow_up: other things like the one shown, where “换一个” does not mean an objection."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _shown as shown
from dialogues.actions._cards import hit_button
from dialogues.actions._reply import say
from dialogues.actions.choose_style import offer_styles
from dialogues.search import search
from knowledge.models import Card, Signal, Technique


class ActionOfferMore(Action):
    def name(self) -> Text:
        return "action_offer_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        item = shown.item(tracker)
        if isinstance(item, (Card, Signal, Technique)):
            kind = type(item).__name__.lower()
            title = item.name if isinstance(item, Technique) else item.title
            hits = search().find(title, limit=4, only=lambda hit: hit.kind == kind and hit.id != item.id)
            say(dispatcher, "utter_more_like_this", (), [hit_button(hit) for hit in hits])
        else:
            offer_styles(dispatcher)
        return []
