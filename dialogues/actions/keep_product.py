"""product: a manager takes the card that was written; from now on everybody's words are filled from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _members as members
from dialogues.actions import _product_form as form
from dialogues.actions._reply import payload, say
from knowledge.products.checking import Refused, faults
from knowledge.products.sheet import sheet
from store import products
from store.clock import utc_now
from store.database import database
from store.people import Person
from store.products import Draft


class ActionKeepProduct(Action):
    def name(self) -> Text:
        return "action_keep_product"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = members.manager(dispatcher, tracker)
        draft = products.draft_of(database(), person.id) if person else None
        if person is None:
            return form.leave()
        if draft is None:
            dispatcher.utter_message(response="utter_no_such_product")
            return form.leave()
        fault = next(faults(draft.values), None)
        if fault:
            return _refuse(dispatcher, tracker, draft, fault)
        return _keep(dispatcher, tracker, person, draft)


def _keep(dispatcher: CollectingDispatcher, tracker: Tracker, person: Person, draft: Draft) -> List[EventType]:
    try:
        with database().atomic():
            kept = products.save(database(), person.id, draft.product, draft.values, utc_now())
            products.drop_draft(database(), person.id)
    except products.NameTaken:
        refused = Refused(sheet().fields["name"], "taken", draft.values["name"])
        return _refuse(dispatcher, tracker, draft, refused)
    show = payload("show_product", item=kept.id)
    say(dispatcher, "utter_product_kept", name=draft.values["name"], show_button=show)
    return form.leave()


def _refuse(dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft, fault: Refused) -> List[EventType]:
    """Ask for the value that keeps the card from being taken."""
    at = replace(draft, step=fault.field.id, group=sheet().group_of(fault.field.id).id)
    return form.show(dispatcher, tracker, at, str(fault))
