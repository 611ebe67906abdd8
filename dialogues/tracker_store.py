"""Keeps conversations in memory, short, and their facts in SQLite, so that a turn costs the same at any length.

Rasa's own stores read a conversation back whole at every turn. Here a conversation that has grown long is rewritten
as a fresh session that carries its slots over, and after a restart it is rebuilt from the facts in the database.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Dict, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from store import conversations
from store.clock import utc_now
from store.database import database

# About ten turns: more than any story looks back, few enough that a turn stays quick.
EVENTS_KEPT = 100
# Conversations held in memory; the least recent ones are rebuilt from their facts when they go on.
CONVERSATIONS_KEPT = 2000
# What people typed stays out of the database.
NEVER_STORED = {"unclear_text", "practice_answer", "new_name", "words", "named", "seen"}


class FactsTrackerStore(TrackerStore):
    """Trackers by sender id; `save` writes their facts to the product's database."""

    def __init__(
        self, domain: Optional[Domain] = None, event_broker: Optional[EventBroker] = None, **kwargs: Any
    ) -> None:
        kwargs.pop("host", None)  # endpoints.yml requires one; the database's path comes from the environment
        super().__init__(domain, event_broker)
        self._trackers: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        facts = _facts(tracker)
        if len(tracker.events) > EVENTS_KEPT and tracker.active_loop_name is None:
            tracker = self._rebuilt(tracker.sender_id, facts)
        self._trackers[tracker.sender_id] = tracker
        self._trackers.move_to_end(tracker.sender_id)
        while len(self._trackers) > CONVERSATIONS_KEPT:
            self._trackers.popitem(last=False)
        conversations.save(database(), tracker.sender_id, facts, utc_now())

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        tracker = self._trackers.get(sender_id)
        if tracker and not conversations.is_known(database(), sender_id):
            del self._trackers[sender_id]  # the person wanted to be forgotten
            return None
        if tracker is None:
            within = timedelta(minutes=self.domain.session_config.session_expiration_time)
            facts = conversations.recall(database(), sender_id, utc_now(), within)
            if facts:
                tracker = self._rebuilt(sender_id, facts)
        return tracker

    async def keys(self) -> Iterable[str]:
        return list(self._trackers)

    def _rebuilt(self, sender_id: str, facts: conversations.Facts) -> DialogueStateTracker:
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(_fresh_session(facts), self.domain)
        return tracker


def _facts(tracker: DialogueStateTracker) -> conversations.Facts:
    values: Dict[str, Any] = {
        name: value
        for name, value in tracker.current_slot_values().items()
        if value is not None and name not in NEVER_STORED
    }
    return conversations.Facts(values, tracker.active_loop_name)


def _fresh_session(facts: conversations.Facts) -> list[Event]:
    """What Rasa itself logs for a new session with slots carried over."""
    now = time.time()
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=now), SessionStarted(timestamp=now)]
    events += [SlotSet(name, value, timestamp=now) for name, value in facts.slots.items() if name != REQUESTED_SLOT]
    if facts.active_form:
        events.append(ActiveLoop(facts.active_form, timestamp=now))
        events.append(SlotSet(REQUESTED_SLOT, facts.slots.get(REQUESTED_SLOT), timestamp=now))
    events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=now))
    return events
