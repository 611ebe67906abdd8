"""practice: the same turn again, at once; the talk goes back to before it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from store import attempts, drills
from store.attempts import Kept
from store.clock import utc_now
from store.database import database


class ActionRetryTurn(Action):
    def name(self) -> Text:
        return "action_retry_turn"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        return retry(dispatcher, tracker)


def retry(dispatcher: CollectingDispatcher, tracker: Tracker) -> List[EventType]:
    """Go back to before the turn that the button names, else to before the last one."""
    chosen = drill.named(tracker) if context.entity(tracker, "drill") else drill.under_way(tracker)
    if chosen is None:
        return drill.nothing_under_way(dispatcher)
    given = attempts.of_drill(database(), chosen.id)
    if not given:
        drill.speak(dispatcher, "utter_drill_goes_on", drill.state_of(chosen.state))
        return drill.goes_on()
    again = _turn(tracker, given)
    state = drill.state_of(again.before)
    drills.rewind(database(), chosen, again.turn, again.before, utc_now())
    drill.speak(dispatcher, "utter_drill_again", state, turn=again.turn)
    return drill.goes_on()


def _turn(tracker: Tracker, given: List[Kept]) -> Kept:
    named = context.entity(tracker, "turn")
    return next((kept for kept in given if str(kept.turn) == named), given[-1])
