"""own_material: the preview of one file."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _members as members
from dialogues.actions import _own_files as own_files
from dialogues.actions._reply import say
from dialogues.labels import labels
from store import own_material
from store.database import database

# Enough to see that the right text was read, and how it was cut.
PASSAGES_SHOWN, CHARACTERS_SHOWN = 3, 60


class ActionShowOwnFile(Action):
    def name(self) -> Text:
        return "action_show_own_file"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if members.manager(dispatcher, tracker) is None:
            return []
        file = own_files.named_file(dispatcher, tracker)
        if file:
            say(
                dispatcher,
                "utter_own_file",
                (),
                own_files.choices(file),
                name=file.name,
                version=file.version,
                state=labels("file_states")[file.state],
                count=file.passages,
                body=_opening(file.id),
            )
        return []


def _opening(file_id: int) -> str:
    first = own_material.passages(database(), file_id)[:PASSAGES_SHOWN]
    return "\n".join(
        f"{p.number}. {p.heading} {p.text}".replace("\n", " ")[:CHARACTERS_SHOWN].rstrip() + "…" for p in first
    )
