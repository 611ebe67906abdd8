"""own_material: what is in a version of the company's table and what it changes."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _members as members
from dialogues.actions import _own_tables as own_tables
from dialogues.actions._reply import say


class ActionShowOwnTable(Action):
    def name(self) -> Text:
        return "action_show_own_table"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if members.manager(dispatcher, tracker) is None:
            return []
        table = own_tables.named_table(dispatcher, tracker)
        if table:
            say(
                dispatcher,
                "utter_own_table",
                (),
                own_tables.choices(table),
                name=table.name,
                number=table.id,
                state=own_tables.state(table),
                content=own_tables.content(table),
                changed=table.summary["changed"],
                changes=own_tables.changes(table),
                lines=table.summary["lines"] or None,
            )
        return []
