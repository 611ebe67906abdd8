"""practice: the talk is put aside until the rep comes back."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from dialogues.actions._reply import payload, say
from knowledge.drill.data import words
from store import drills
from store.clock import utc_now
from store.database import database


class ActionPauseDrill(Action):
    def name(self) -> Text:
        return "action_pause_drill"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        return pause(dispatcher, tracker)


def pause(dispatcher: CollectingDispatcher, tracker: Tracker) -> List[EventType]:
    """Put the drill aside; what is typed from now on is no answer."""
    waiting = drill.under_way(tracker)
    if waiting is None:
        return drill.nothing_under_way(dispatcher)
    drills.set_status(database(), waiting, drills.PAUSED, utc_now())
    wanted = drills.coaching(database(), context.person(tracker))
    say(
        dispatcher,
        "utter_drill_paused",
        coaching_title=words().coaching_off if wanted else words().coaching_on,
        coaching_button=payload("set_coaching", wanted=int(not wanted)),
    )
    return drill.ends()
