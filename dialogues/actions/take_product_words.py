"""product: what was typed for the question under way is checked, kept, and the next one asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _facts as facts
from dialogues.actions import _members as members
from dialogues.actions import _product_form as form
from dialogues.actions._words import typed
from dialogues.actions.fill_product import MOVES, may_do
from knowledge.products.checking import Refused, checked
from knowledge.products.sheet import sheet
from store import products
from store.database import database
from store.products import Draft


class ActionTakeProductWords(Action):
    def name(self) -> Text:
        return "action_take_product_words"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = typed(tracker).strip()
        if not words:  # left for something else, which has been answered
            return form.leave()
        person = members.manager(dispatcher, tracker)
        draft = products.draft_of(database(), person.id) if person else None
        if person is None or draft is None or draft.step == form.REVIEW:
            return form.leave()
        do = next((name for name, said in sheet().commands.items() if words in said), None)
        if do == "stop":
            return form.say_of(dispatcher, "utter_product_paused", draft)
        if do and may_do(do, draft):
            return form.go_to(dispatcher, tracker, person, MOVES[do](draft))
        try:
            answered = _answered(draft, "" if do else words, tracker)
        except Refused as error:
            return form.show(dispatcher, tracker, draft, str(error))
        return form.go_to(dispatcher, tracker, person, form.onward(answered))


def _answered(draft: Draft, words: str, tracker: Tracker) -> Draft:
    """The draft with the answer; raises `Refused`."""
    value = checked(draft.step, words, facts.today(tracker))
    if draft.step == "name" and products.is_taken(database(), value, draft.product):
        raise Refused(sheet().fields["name"], "taken", value)
    return replace(draft, values={**draft.values, draft.step: value})
