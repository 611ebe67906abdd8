"""What the actions of practice share: the drill under way, its customer's words, switching the form on and off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from knowledge.drill.data import rules, scenarios
from knowledge.drill.engine import face
from knowledge.drill.models import Scenario, State
from knowledge.loader import knowledge
from knowledge.wording import fill
from store import drills
from store.database import database
from store.drills import Drill

FORM = "practice_form"
# What “换一位” and “再练一位” send: any customer, even while another one waits.
OTHER = payload("start_drill", by="other")


def goes_on() -> list[EventType]:
    """The next text is an answer again."""
    return [SlotSet("practice_answer", None), FollowupAction(FORM)]


def ends() -> list[EventType]:
    """What is typed from now on is no answer."""
    return [SlotSet("practice_answer", None), ActiveLoop(None), SlotSet("requested_slot", None)]


def under_way(tracker: Tracker) -> Drill | None:
    """The drill running or paused in this chat, if its customer still exists in the data."""
    found = drills.current(database(), tracker.sender_id)
    return found if found and found.scenario in scenarios() else None


def named(tracker: Tracker) -> Drill | None:
    """The drill of this chat that the button names, if its customer still exists in the data."""
    number = context.number(context.entity(tracker, "drill"))
    found = drills.get(database(), tracker.sender_id, number) if number else None
    return found if found and found.scenario in scenarios() else None


def customer_of(drill: Drill) -> Scenario:
    """The customer of a drill."""
    return scenarios()[drill.scenario]


def state_of(data: Mapping[str, Any]) -> State:
    """The engine's state as it was kept."""
    return State(**{**data, "open": tuple(data["open"]), "used": tuple(data["used"])})


def spoken(state: State, values: Mapping[str, str]) -> State:
    """The state with open slots of the customer's line filled, so that answer and score see the same words."""
    return replace(state, line=fill(state.line, knowledge(), values))


def kept(state: State) -> dict[str, Any]:
    """The engine's state for keeping."""
    return asdict(state)


def speak(
    dispatcher: CollectingDispatcher,
    response: str,
    state: State,
    rows: Iterable[str] = (),
    /,
    **values: str | int | None,
) -> None:
    """Say a reply in which the customer speaks his latest line."""
    say(dispatcher, response, rows, face=face(rules(), state.interest), line=state.line, **values)


def nothing_under_way(dispatcher: CollectingDispatcher) -> list[EventType]:
    """Say that there is no drill, and make sure that the next text is no answer."""
    dispatcher.utter_message(response="utter_not_practising")
    return ends()
