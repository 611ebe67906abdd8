"""practice: the answer is scored, the customer reacts, both are kept; then his words, or the card when it is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from dialogues.actions import _facts as facts
from dialogues.actions import _score_card as score_card
from dialogues.actions._commands import command
from dialogues.actions.give_hint import give_hint
from dialogues.actions.pause_drill import pause
from dialogues.actions.retry_turn import retry
from dialogues.actions.start_drill import start
from dialogues.actions.stop_drill import stop
from knowledge.drill.card import to_data
from knowledge.drill.choice import Wish
from knowledge.drill.data import rules, words
from knowledge.drill.engine import react
from knowledge.drill.models import State
from knowledge.scoring import Answer, Score, scorer
from store import attempts, drills
from store.attempts import CHECK, FAULT, Attempt, Check
from store.clock import utc_now
from store.database import database
from store.drills import Drill

# For these the customer has heard nothing yet: the rep is asked for own words.
NOT_SAID = ("copied_tip",)

# From this total on an answer is praised; what is left to gain is small change.
WELL_DONE = 85
SENTENCE_END = "。"

Command = Callable[[CollectingDispatcher, Tracker], List[EventType]]


class ActionTakeTurn(Action):
    def name(self) -> Text:
        return "action_take_turn"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        text, waiting = str(tracker.get_slot("practice_answer") or ""), drill.under_way(tracker)
        if waiting is None:
            return drill.nothing_under_way(dispatcher)
        wanted = command(text)
        return COMMANDS[wanted](dispatcher, tracker) if wanted else _turn(dispatcher, tracker, waiting, text)


COMMANDS: Mapping[str, Command] = {
    "hint": give_hint,
    "retry": retry,
    "pause": pause,
    "stop": stop,
    "other": lambda dispatcher, tracker: start(dispatcher, tracker, Wish()),
}


def _turn(dispatcher: CollectingDispatcher, tracker: Tracker, waiting: Drill, text: str) -> List[EventType]:
    before = drill.state_of(waiting.state)
    score = _score(waiting, before, text)
    if score.unscorable in NOT_SAID:
        drill.speak(dispatcher, "utter_drill_unheard", before, note=score.feedback)
        return drill.goes_on()
    reacted = react(drill.customer_of(waiting), rules(), before, score.signals)
    after = drill.spoken(reacted, facts.of_card(tracker))
    _keep(waiting, before, after, text, score)
    gain = _gain(waiting, after.turn, score)
    if after.over:
        score_card.show(dispatcher, replace(waiting, state=drill.kept(after)), gain)
        return drill.ends()
    note = _note(score) if drills.coaching(database(), context.person(tracker)) else None
    drill.speak(dispatcher, "utter_drill_turn", after, gain=gain, note=note)
    return drill.goes_on()


def _score(waiting: Drill, before: State, text: str) -> Score:
    customer = drill.customer_of(waiting)
    return scorer().score(Answer(before.objection, customer.style, customer.industry, before.line, text, waiting.shown))


def _keep(waiting: Drill, before: State, after: State, text: str, score: Score) -> None:
    customer = drill.customer_of(waiting)
    attempt = Attempt(
        turn=after.turn,
        scenario=customer.id,
        objection=before.objection,
        style=customer.style,
        industry=customer.industry,
        level=customer.level,
        total=None if score.unscorable else score.total,
        unscorable=score.unscorable,
        reaction=after.reaction,
        before=drill.kept(before),
        words={"customer": before.line, "answer": text, "reply": after.line, "score": to_data(score)},
        checks=tuple(
            Check(result.id, kind, result.verdict, result.points, result.max_points)
            for kind, results in ((CHECK, score.checks), (FAULT, score.faults))
            for result in results
        ),
    )
    total = score_card.total_with(waiting, after.turn, score) if after.over else None
    status = after.reaction if after.over else drills.RUNNING
    attempts.record(database(), waiting, attempt, attempts.Standing(drill.kept(after), status, total), utc_now())


def _gain(waiting: Drill, turn: int, score: Score) -> str | None:
    """What trying the turn again has brought; None at the first try."""
    before = attempts.before_that(database(), waiting.id, turn)
    if before is None or score.unscorable:
        return None
    return words().gain.format(before=before, after=score.total, difference=f"{score.total - before:+d}")


def _note(score: Score) -> str:
    """One line of coaching: what to do better, or a word of praise where little is left."""
    if score.best_gain is None or score.total >= WELL_DONE:
        return score.feedback.partition(SENTENCE_END)[0] + SENTENCE_END
    return f"{score.best_gain.title}：{score.best_gain.better}"
