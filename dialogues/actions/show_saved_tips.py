"""questions: the tips that a person keeps, a page at a time."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from knowledge.tip_stock import tips as stock
from store import tips
from store.database import database

PAGE = 6  # buttons that stand on one screen with the text


class ActionShowSavedTips(Action):
    def name(self) -> Text:
        return "action_show_saved_tips"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        kept = [stock()[tip] for tip in tips.saved(database(), context.person(tracker)) if tip in stock()]
        if not kept:
            dispatcher.utter_message(response="utter_no_saved_tips")
            return []
        shown, page, pages = page_of(kept, context.entity(tracker, "page"), PAGE)
        buttons = [button(tip.title, "show_tip", tip=tip.id) for tip in shown]
        first = (page - 1) * PAGE
        say(
            dispatcher,
            "utter_saved_tips",
            (),
            [*buttons, *page_buttons("saved_tips", page, pages)],
            first=first + 1,
            last=first + len(shown),
            count=len(kept),
        )
        return []
