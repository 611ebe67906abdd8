"""own_material: the company's files, a page at a time."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _members as members
from dialogues.actions._own_files import STATES
from dialogues.actions._reply import button, say
from store import own_material
from store.database import database


class ActionListOwnFiles(Action):
    def name(self) -> Text:
        return "action_list_own_files"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if members.manager(dispatcher, tracker) is None:
            return []
        files = own_material.files(database())
        if not files:
            dispatcher.utter_message(response="utter_no_own_files")
            return []
        shown, page, pages = members.page_of(files, context.entity(tracker, "page"))
        lines = [f"{file.name} · 第 {file.version} 版 · {STATES[file.state]} · {file.passages} 段" for file in shown]
        buttons = [button(f"{file.name} {file.version}"[:30], "show_own_file", file=file.id) for file in shown]
        more = members.page_buttons("list_own_files", page, pages)
        say(dispatcher, "utter_own_files", (), [*buttons, *more], body="\n".join(lines), page=page, pages=pages)
        return []
