"""own_material: a version of a file becomes the one that is searched."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _members as members
from dialogues.actions import _own_files as own_files
from dialogues.actions._reply import say
from store import audit, own_material
from store.clock import utc_now
from store.database import database


class ActionPublishOwnFile(Action):
    def name(self) -> Text:
        return "action_publish_own_file"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        manager = members.manager(dispatcher, tracker)
        named = own_files.named_file(dispatcher, tracker) if manager else None
        file = own_material.publish(database(), named.id) if named else None
        if manager and file:
            audit.record(database(), manager.id, "publish_own_file", utc_now(), detail=file.name)
            buttons = own_files.choices(file)
            say(
                dispatcher,
                "utter_own_file_published",
                (),
                buttons,
                name=file.name,
                version=file.version,
                count=file.passages,
            )
        return []
