"""practice: model words for the turn to try again, fitted to the customer's style."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _drill as drill
from dialogues.actions import _facts as facts
from dialogues.actions import _score_card as score_card
from dialogues.actions._reply import payload, say
from knowledge.loader import knowledge
from knowledge.scoring.feedback import model_answer
from store import attempts, drills
from store.attempts import Kept
from store.database import database
from store.drills import Drill


class ActionShowModelAnswer(Action):
    def name(self) -> Text:
        return "action_show_model_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        chosen = drill.named(tracker)
        shown = _turn(chosen) if chosen else None
        if chosen is None or shown is None:
            dispatcher.utter_message(response="utter_no_score")
            return []
        # Not the words kept with the score: an offer that held on that day may be over.
        objection, style, values = shown.objection, drill.customer_of(chosen).style, facts.of_card(tracker)
        words = model_answer(objection, style, knowledge(), values)
        say(
            dispatcher,
            "utter_model_answer",
            style_title=knowledge().styles[style].title,
            line=shown.words["customer"],
            say=words,
            fact=facts.line(tracker, objection, values),
            turn=shown.turn,
            retry_button=payload("retry_turn", drill=chosen.id, turn=shown.turn),
            score_button=payload("show_score", drill=chosen.id),
        )
        drills.note_shown(database(), chosen, words)
        return []


def _turn(chosen: Drill) -> Kept | None:
    """The answer that the card offers to try again, else the first; None where the words are deleted."""
    given = [kept for kept in attempts.of_drill(database(), chosen.id) if kept.words]
    found = score_card.of_drill(chosen)
    wanted = found.retry if found else 1
    return next((kept for kept in given if kept.turn == wanted), None)
