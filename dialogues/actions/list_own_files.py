"""own_material: the company's files, a page at a time."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _members as members
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label, labels
from store import own_material
from store.database import database
from store.own_material import OwnFile


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
        shown, page, pages = page_of(files, context.entity(tracker, "page"))
        lines = [_line(file) for file in shown]
        buttons = [button(f"{file.name} {file.version}"[:30], "show_own_file", file=file.id) for file in shown]
        more = page_buttons("list_own_files", page, pages)
        say(dispatcher, "utter_own_files", (), [*buttons, *more], body="\n".join(lines), page=page, pages=pages)
        return []


def _line(file: OwnFile) -> str:
    state = labels("file_states")[file.state]
    return label("own_file", name=file.name, version=file.version, state=state, passages=file.passages)
