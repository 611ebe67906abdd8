"""own_material: all versions of the company's table, and the empty one to fill in."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _members as members
from dialogues.actions._own_tables import EMPTY, content, file_button, state
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label
from store import own_tables
from store.database import database


class ActionListOwnTables(Action):
    def name(self) -> Text:
        return "action_list_own_tables"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if members.manager(dispatcher, tracker) is None:
            return []
        tables = own_tables.tables(database())
        shown, page, pages = page_of(tables, context.entity(tracker, "page"))
        lines = [label("own_table", number=t.id, state=state(t), content=content(t)) for t in shown]
        buttons = [button(label("version", number=t.id), "show_own_table", table=t.id) for t in shown]
        more = page_buttons("list_own_tables", page, pages)
        empty = file_button(label("download_empty"), EMPTY)
        say(dispatcher, "utter_own_tables", (), [*buttons, *more, empty], body="\n".join(lines))
        return []
