"""Who speaks: the member behind a conversation, and the check of the role before every manager's function."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._reply import Button, button
from store import people
from store.database import database

PAGE = 8  # buttons or lines on one screen
ROLE_TITLES = {people.REP: "销售", people.MANAGER: "经理", people.ADMIN: "管理员"}


def speaker(tracker: Tracker) -> people.Person | None:
    """The member who speaks; None for a conversation without one, such as a question of `coach ask`."""
    return people.member(database(), people.person_of(tracker.sender_id))


def manager(dispatcher: CollectingDispatcher, tracker: Tracker) -> people.Person | None:
    """The manager who speaks in a private chat; otherwise says that this is not open here and gives None.

    Whatever brought the person here, a command, a button of somebody else or forged data: this decides.
    """
    person = speaker(tracker)
    if person is None or not person.manages:
        dispatcher.utter_message(response="utter_managers_only")
        return None
    if ":" in tracker.sender_id:
        dispatcher.utter_message(response="utter_in_private")
        return None
    return person


def page_of(items: list[Any], page: str | None) -> tuple[list[Any], int, int]:
    """The items of a page, its number and the number of pages, both counted from 1; a page too far is the last."""
    last = max(1, -(-len(items) // PAGE))
    number = min(max(int(page), 1), last) if page and page.isdecimal() else 1
    return items[(number - 1) * PAGE : number * PAGE], number, last


def page_buttons(intent: str, number: int, last: int) -> list[Button]:
    """Back and forth, where there is somewhere to go."""
    back = [button("上一页", intent, page=number - 1)] if number > 1 else []
    return back + ([button("下一页", intent, page=number + 1)] if number < last else [])
