"""forms: what the rep typed is what the form waits for; buttons, commands and clear words of leaving are not."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._product_form import FORM as PRODUCT_FORM
from dialogues.actions._words import SLOT
from knowledge.products.sheet import sheet

# Intent → characters up to which such words leave the form; longer ones are content: “算了，客户说先不谈价格”.
LEAVING = {"cancel": 8, "stop_drill": 8, "start_drill": 8, "ask_progress": 8, "help": 6}


class ActionTakeWords(Action):
    def name(self) -> Text:
        return "action_take_words"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = context.text(tracker)
        leaves = len(words) <= LEAVING.get(context.intent(tracker), 0) and not _obeyed(tracker, words)
        if not words or leaves:
            return []
        return [SlotSet(SLOT, _as_typed(tracker) or words)]


def _obeyed(tracker: Tracker, words: str) -> bool:
    """Whether the form itself knows what to do: in a product card “跳过” leaves a question, not the form."""
    return tracker.active_loop_name == PRODUCT_FORM and any(words in said for said in sheet().commands.values())


def _as_typed(tracker: Tracker) -> str:
    """The words with their line breaks, which the understanding does not keep."""
    users = (event["text"] for event in reversed(tracker.events) if event["event"] == "user")
    return str(next(users, None) or "")
