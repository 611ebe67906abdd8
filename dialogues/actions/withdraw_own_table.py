"""own_material: the company's table is used no longer; every version can be published again."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _members as members
from dialogues.own_publishing import withdraw
from store.clock import utc_now


class ActionWithdrawOwnTable(Action):
    def name(self) -> Text:
        return "action_withdraw_own_table"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        manager = members.manager(dispatcher, tracker)
        if manager:
            withdraw(manager.id, utc_now())
            dispatcher.utter_message(response="utter_own_table_withdrawn")
        return []
