"""Versions of the company's table on the screen: the one a button names, what it holds, what can be done with it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import Button, button
from dialogues.labels import label, labels
from knowledge.own.table.columns import sheets
from store import own_tables
from store.database import database
from store.own_tables import OwnTable

# Callback data that `bot/handlers/own_table.py` answers with a file: the empty table, or a version by its number.
FILE_PAYLOAD, EMPTY = "table:{what}", "empty"
CHANGES_SHOWN, WORDS_SHOWN = 3, 22


def named_table(dispatcher: CollectingDispatcher, tracker: Tracker) -> OwnTable | None:
    """The version that a button names; otherwise says that there is none."""
    number = context.number(context.entity(tracker, "table"))
    found = own_tables.table_of(database(), number) if number else None
    if found is None:
        dispatcher.utter_message(response="utter_no_such_table")
    return found


def choices(table: OwnTable) -> list[Button]:
    """What a manager may do with a version in its state."""
    if table.state == own_tables.PUBLISHED:
        change = button(label("stop_using"), "withdraw_own_table")
    else:
        title = label("publish" if table.state == own_tables.DRAFT else "use_again")
        change = button(title, "publish_own_table", table=table.id)
    download = file_button(label("download_version"), table.id)
    return [change, download, button(label("all_versions"), "list_own_tables")]


def file_button(title: str, what: str | int) -> Button:
    """A button that brings a file."""
    return {"title": title, "payload": FILE_PAYLOAD.format(what=what)}


def state(table: OwnTable) -> str:
    """The state in words."""
    return labels("table_states")[table.state]


def content(table: OwnTable) -> str:
    """How many rows of each sheet."""
    counts = table.summary["rows"]
    filled = [(sheet.title, counts[key]) for key, sheet in sheets().items() if counts.get(key)]
    return " · ".join(label("sheet_rows", sheet=title, count=count) for title, count in filled)


def changes(table: OwnTable) -> str:
    """The first changed answers, a line each; empty where there is none."""
    shown = [[words[:WORDS_SHOWN] for words in change] for change in table.summary["changes"][:CHANGES_SHOWN]]
    return "\n".join(label("changed_answer", asked=asked, before=before, after=after) for asked, before, after in shown)
