"""own_material: a version of the company's table comes into use, in the place of another."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues import own_content
from dialogues.actions import _members as members
from dialogues.actions._own_tables import choices, named_table
from dialogues.actions._reply import say
from dialogues.own_publishing import publish
from knowledge.current import Own
from store.clock import utc_now
from store.own_tables import OwnTable


class ActionPublishOwnTable(Action):
    def name(self) -> Text:
        return "action_publish_own_table"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        manager = members.manager(dispatcher, tracker)
        table = named_table(dispatcher, tracker) if manager else None
        if manager is None or table is None:
            return []
        own = own_content.own_of(table.id)
        if own is None:
            dispatcher.utter_message(response="utter_own_table_unfit")
            return []
        await asyncio.to_thread(own_content.warm, own)
        published = publish(table.id, manager.id, utc_now())
        if published:
            _say(dispatcher, published, own)
        return []


def _say(dispatcher: CollectingDispatcher, table: OwnTable, own: Own) -> None:
    learns = bool(own.lessons) and not own_content.model().exists()
    reply = "utter_own_table_learns" if learns else "utter_own_table_published"
    say(dispatcher, reply, (), choices(table), number=table.id, lines=sum(map(len, own.lessons.values())))
