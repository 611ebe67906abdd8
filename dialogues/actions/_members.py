"""Who speaks: the member behind a conversation, and the check of the role before every manager's function."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._personal import among_others
from store import people
from store.database import database


def speaker(tracker: Tracker) -> people.Person | None:
    """The member who speaks; None for a conversation without one, such as a question of `coach ask`."""
    return people.member(database(), context.person(tracker))


def manager(dispatcher: CollectingDispatcher, tracker: Tracker) -> people.Person | None:
    """The manager who speaks in a private chat; otherwise says that this is not open here and gives None.

    Whatever brought the person here, a command, a button of somebody else or forged data: this decides.
    """
    person = speaker(tracker)
    if person is None or not person.manages:
        dispatcher.utter_message(response="utter_managers_only")
        return None
    return None if among_others(dispatcher, tracker) else person
