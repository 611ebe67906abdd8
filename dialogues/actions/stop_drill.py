"""practice: the rep has enough; what was answered stays, with its card."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill
from dialogues.actions import _score_card as score_card
from dialogues.actions._reply import payload, say
from store import drills
from store.clock import utc_now
from store.database import database


class ActionStopDrill(Action):
    def name(self) -> Text:
        return "action_stop_drill"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        return stop(dispatcher, tracker)


def stop(dispatcher: CollectingDispatcher, tracker: Tracker) -> List[EventType]:
    """End the drill; the card is offered where something was scored."""
    waiting = drill.under_way(tracker)
    if waiting is None:
        return drill.nothing_under_way(dispatcher)
    found = score_card.of_drill(waiting)
    status = drills.STOPPED if waiting.state["turn"] else drills.DROPPED
    drills.set_status(database(), waiting, status, utc_now(), found.total if found else None)
    if found:
        say(dispatcher, "utter_practice_stopped_scored", score_button=payload("show_score", drill=waiting.id))
    else:
        say(dispatcher, "utter_practice_stopped")
    return drill.ends()
