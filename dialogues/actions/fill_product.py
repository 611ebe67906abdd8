"""product: a card is written step by step; what a button under a question does."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _members as members
from dialogues.actions import _product_form as form
from knowledge.products import filling
from knowledge.products.sheet import sheet
from store import products
from store.database import database
from store.products import NEW, Draft

REPLIES = {"drop": "utter_product_drop_draft", "gone": "utter_product_draft_gone", "stop": "utter_product_paused"}
# Buttons that move on from the question they stand under.
MOVES: Dict[str, Callable[[Draft], Draft]] = {"skip": form.skipped, "clear": form.cleared, "back": form.back}


class ActionFillProduct(Action):
    def name(self) -> Text:
        return "action_fill_product"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = members.manager(dispatcher, tracker)
        if person is None:
            return form.leave()
        do, draft = context.entity(tracker, "do"), products.draft_of(database(), person.id)
        if draft is None:
            return form.go_to(dispatcher, tracker, person, Draft(NEW, "", filling.first(), {}))
        if do in MOVES:
            under = context.entity(tracker, "item")
            moved = MOVES[do](draft) if draft.step == under and may_do(do, draft) else draft
            return form.go_to(dispatcher, tracker, person, moved)
        if do == "resume":
            return form.show(dispatcher, tracker, draft)
        return _leave(dispatcher, person.id, draft, do)


def may_do(do: str, draft: Draft) -> bool:
    """A name cannot be left out, whatever the button says."""
    field = sheet().fields[draft.step]
    return not field.required or do == "back" or (do == "skip" and draft.step in draft.values)


def _leave(dispatcher: CollectingDispatcher, person_id: str, draft: Draft, do: str | None) -> List[EventType]:
    if do == "gone":
        products.drop_draft(database(), person_id)
    return form.say_of(dispatcher, REPLIES.get(do or "", "utter_product_unfinished"), draft)
