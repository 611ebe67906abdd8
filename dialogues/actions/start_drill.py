"""practice: a customer sits down opposite the rep, or the one who still waits is shown."""

from __future__ import annotations

import zlib
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from dialogues.actions import _facts as facts
from dialogues.actions._reply import payload
from knowledge.drill.choice import Wish, choose
from knowledge.drill.data import rules, scenarios, words
from knowledge.drill.engine import begin
from knowledge.drill.models import Scenario, State
from knowledge.loader import knowledge
from store import drills
from store.clock import utc_now
from store.database import database

HARDEST = 3  # of these the rep has to find out the style alone


class ActionStartDrill(Action):
    def name(self) -> Text:
        return "action_start_drill"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        waiting = drill.under_way(tracker)
        if waiting and waiting.state["turn"] and not _names_something(tracker):
            return _show_waiting(dispatcher, waiting)
        return start(dispatcher, tracker, _wish(tracker))


def start(dispatcher: CollectingDispatcher, tracker: Tracker, wish: Wish) -> List[EventType]:
    """Begin a drill with the next customer who fits."""
    person = context.person(tracker)
    seed = zlib.crc32(f"{person}:{drills.begun(database(), person)}".encode())
    scenario, exact = choose(scenarios().values(), wish, drills.times_met(database(), person), seed)
    state = drill.spoken(begin(scenario, rules(), seed), facts.of_card(tracker))
    drills.start(database(), tracker.sender_id, scenario.id, scenario.level, drill.kept(state), utc_now())
    _introduce(dispatcher, scenario, state, exact)
    return drill.goes_on()


def _names_something(tracker: Tracker) -> bool:
    return any(
        context.entity(tracker, name) for name in ("advice", "named_objection", "style", "industry", "level", "by")
    )


def _wish(tracker: Tracker) -> Wish:
    """What the words or the button name."""
    known, level = knowledge(), context.entity(tracker, "level")
    from_advice = context.entity(tracker, "advice") is not None
    objection = context.objection(tracker) if from_advice else context.entity(tracker, "named_objection")
    style = context.style(tracker) if from_advice else context.entity(tracker, "style")
    industries = {scenario.industry for scenario in scenarios().values()}
    industry = context.entity(tracker, "industry")
    return Wish(
        objection=_playable(objection) if objection in known.objections else None,
        style=style if style in known.styles else None,
        industry=industry if industry in industries else None,
        level=int(level) if level in {"1", "2", "3"} else None,
    )


def _playable(objection: str) -> str:
    """The objection, or the one that it is like where no customer raises it."""
    played = {scenario.objection for scenario in scenarios().values()}
    return objection if objection in played else knowledge().objections[objection].scored_as


def _introduce(dispatcher: CollectingDispatcher, scenario: Scenario, state: State, exact: bool) -> None:
    known = knowledge()
    drill.speak(
        dispatcher,
        "utter_drill_begins",
        state,
        title=known.objections[scenario.objection].title,
        industry=scenario.industry,
        level=words().levels[scenario.level],
        person=scenario.person,
        mood=scenario.mood,
        style_title=known.styles[scenario.style].title if scenario.level < HARDEST else None,
        situation=scenario.situation,
        instead=None if exact else words().instead,
        rubric_button=payload("show_rubric", named_objection=scenario.objection),
        other_button=drill.OTHER,
    )


def _show_waiting(dispatcher: CollectingDispatcher, waiting: drills.Drill) -> List[EventType]:
    state = drill.state_of(waiting.state)
    drill.speak(
        dispatcher,
        "utter_drill_open",
        state,
        person=drill.customer_of(waiting).person,
        turn=state.turn + 1,
        other_button=drill.OTHER,
    )
    return []
