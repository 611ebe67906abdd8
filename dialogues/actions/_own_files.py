"""A company's own files on the screen: the one a button names, and what can be done with it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import Button, button
from dialogues.labels import label
from store import own_material
from store.database import database
from store.own_material import OwnFile


def named_file(dispatcher: CollectingDispatcher, tracker: Tracker) -> OwnFile | None:
    """The file that a button names; otherwise says that there is none."""
    number = context.entity(tracker, "file") or ""
    found = own_material.file_of(database(), int(number)) if number.isdecimal() else None
    if found is None:
        dispatcher.utter_message(response="utter_no_such_file")
    return found


def choices(file: OwnFile) -> list[Button]:
    """What a manager may do with a file in its state."""
    published = file.state == own_material.PUBLISHED
    change = [button(label("publish"), "publish_own_file", file=file.id)] if not published else []
    drop = [button(label("withdraw" if published else "drop"), "remove_own_file", file=file.id)]
    return [
        *change,
        *(drop if file.state != own_material.REMOVED else []),
        button(label("own_files"), "list_own_files"),
    ]
