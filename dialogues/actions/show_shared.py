"""customers: what reps of the own teams share with their manager: cards and reviews, to read."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions import _visit as review
from dialogues.actions._members import manager
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import Button, button, say, show_in_place
from dialogues.labels import label
from store import customers, people, visits
from store.customers import Customer
from store.database import database
from store.visits import Visit


class ActionShowShared(Action):
    def name(self) -> Text:
        return "action_show_shared"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        viewer = manager(dispatcher, tracker)
        if viewer is None:
            return []
        seen = {one.id: one.name for one in people.visible_to(database(), viewer) if one.id != viewer.id}
        shared_cards = customers.shared(database(), list(seen))
        shared_visits = visits.shared(database(), list(seen))
        card = next((one for one in shared_cards if _is_named(tracker, "customer", one.id)), None)
        visit = next((one for one in shared_visits if _is_named(tracker, "visit", one.id)), None)
        if card:
            _show_card(dispatcher, card, seen[card.person_id], context.entity(tracker, "part") is not None)
        elif visit:
            _show_visit(dispatcher, visit, seen[visit.person_id])
        else:
            _list(dispatcher, [*_card_buttons(shared_cards, seen), *_visit_buttons(shared_visits, seen)], tracker)
        return []


def _is_named(tracker: Tracker, entity: str, number: int) -> bool:
    return context.number(context.entity(tracker, entity)) == number


def _show_card(dispatcher: CollectingDispatcher, card: Customer, owner: str, data: bool) -> None:
    if data:
        back = button(label("back_to_card"), "show_shared", customer=card.id)
        say(dispatcher, "utter_customer_data", (), [back, _back()], **cards.data_values(card))
    else:
        more = button(label("customer_data"), "show_shared", customer=card.id, part="data")
        say(dispatcher, "utter_customer_of", (), [more, _back()], owner=owner, **cards.values(card))
    show_in_place(dispatcher)


def _show_visit(dispatcher: CollectingDispatcher, visit: Visit, owner: str) -> None:
    say(dispatcher, "utter_visit_of", (), [_back()], owner=owner, **review.values(visit, full=True))
    show_in_place(dispatcher)


def _back() -> Button:
    return button(label("back_to_shared"), "show_shared")


def _card_buttons(shared: List[Customer], names: Dict[str, str]) -> List[Button]:
    return [button(f"📇 {one.name} · {names[one.person_id]}", "show_shared", customer=one.id) for one in shared]


def _visit_buttons(shared: List[Visit], names: Dict[str, str]) -> List[Button]:
    return [
        button(f"📝 {review.title_of(one)} · {names[one.person_id]}", "show_shared", visit=one.id) for one in shared
    ]


def _list(dispatcher: CollectingDispatcher, found: List[Button], tracker: Tracker) -> None:
    shown, number, last = page_of(found, context.entity(tracker, "page"))
    buttons = [*shown, *page_buttons("show_shared", number, last)]
    reply = "utter_shared" if found else "utter_nothing_shared"
    say(dispatcher, reply, (), buttons, count=len(found), page=number, pages=last)
    show_in_place(dispatcher)
