"""visits: begin the review of a visit, or go on with one that was left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions import _visit as review
from dialogues.actions._personal import among_others
from knowledge.visit_review import visit_review
from store import visits
from store.clock import utc_now
from store.database import database
from store.visits import Visit

# Who comes back the same day goes on; later the next visit is meant.
LEFT_OPEN = timedelta(hours=12)
NEW = "new"


class ActionStartReview(Action):
    def name(self) -> Text:
        return "action_start_review"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if among_others(dispatcher, tracker):
            return []
        visit = review.of_id(tracker, context.entity(tracker, "visit")) or _left(tracker)
        if visit is None or review.is_whole(visit) or context.entity(tracker, "do") == NEW:
            customer = cards.of_id(tracker, context.entity(tracker, "customer"))
            visit = visits.begin(database(), context.person(tracker), customer.id if customer else None, utc_now())
            visits.keep_newest(database(), context.person(tracker), visit_review().kept)
        return review.go_on(dispatcher, visit)


def _left(tracker: Tracker) -> Visit | None:
    """The newest review, if it was left a short time ago and no other customer is meant now."""
    found = visits.newest(database(), context.person(tracker), 1)
    wanted = context.entity(tracker, "customer")
    fits = found and wanted in (None, str(found[0].customer_id))
    return found[0] if fits and utc_now() - found[0].began_at < LEFT_OPEN else None
