"""questions: the tips that a person keeps, a page at a time."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import button, say
from dialogues.actions._today import person
from knowledge.tip_stock import tips as stock
from store import tips
from store.database import database

PAGE = 6  # buttons that stand on one screen with the text


class ActionShowSavedTips(Action):
    def name(self) -> Text:
        return "action_show_saved_tips"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        kept = [stock()[tip] for tip in tips.saved(database(), person(tracker)) if tip in stock()]
        if not kept:
            dispatcher.utter_message(response="utter_no_saved_tips")
            return []
        asked = str(context.entity(tracker, "page") or "1")
        page = min(int(asked) if asked.isdecimal() else 1, -(-len(kept) // PAGE))
        first = max(page - 1, 0) * PAGE
        shown = kept[first : first + PAGE]
        buttons = [button(tip.title, "show_tip", tip=tip.id) for tip in shown]
        if first + PAGE < len(kept):
            buttons.append(button("下一页", "saved_tips", page=page + 1))
        say(dispatcher, "utter_saved_tips", (), buttons, first=first + 1, last=first + len(shown), count=len(kept))
        return []
