"""product: a part of a card is changed: which part, then its questions."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _members as members
from dialogues.actions import _product_form as form
from dialogues.actions import _products as screens
from dialogues.actions._reply import button, say
from knowledge.products import filling
from knowledge.products.sheet import sheet
from store import products
from store.database import database
from store.products import Draft


class ActionEditProduct(Action):
    def name(self) -> Text:
        return "action_edit_product"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = members.manager(dispatcher, tracker)
        if person is None:
            return form.leave()
        item, part = context.entity(tracker, "item"), context.entity(tracker, "part") or ""
        draft = products.draft_of(database(), person.id)
        of_draft = draft is not None and item in (form.DRAFT, str(draft.product))
        if draft and not of_draft:
            return form.say_of(dispatcher, "utter_product_unfinished", draft)
        if draft is None:
            card = screens.named(dispatcher, tracker)
            if card is None:
                return form.leave()
            draft = Draft(card.id, "", form.REVIEW, dict(card.values))
        if part in sheet().groups:
            changed = Draft(draft.product, part, filling.first(part), draft.values)
            return form.go_to(dispatcher, tracker, person, changed)
        parts = [button(group.title, "edit_product", item=item, part=group.id) for group in sheet().groups.values()]
        say(dispatcher, "utter_product_parts", (), parts, name=draft.values.get("name"))
        return form.leave()
