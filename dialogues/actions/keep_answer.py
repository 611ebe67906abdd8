"""visits: keep what was typed as the answer, with the objections heard in it; then the next question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _visit as review
from dialogues.actions._mentioned import mentioned
from dialogues.actions._reply import say
from dialogues.actions._words import typed, wait_in
from knowledge.loader import knowledge
from knowledge.visit_review import visit_review
from store import visits
from store.database import database
from store.visits import Visit

CAUSE = "cause"


class ActionKeepAnswer(Action):
    def name(self) -> Text:
        return "action_keep_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = " ".join(typed(tracker).split())
        visit = review.of_id(tracker, tracker.get_slot(review.SLOT))
        if not words:
            return []
        if visit is None or review.is_whole(visit):
            dispatcher.utter_message(response="utter_no_visit")
            return [SlotSet("words", None)]
        if len(words) > visit_review().most_characters:
            say(dispatcher, "utter_visit_too_long", most=visit_review().most_characters)
            return wait_in(review.FORM)
        return review.go_on(dispatcher, _kept(tracker, visit, words))


def _kept(tracker: Tracker, visit: Visit, words: str) -> Visit:
    # Only where it is asked what went wrong: “对手在跟” tells of rivals and is nobody's objection.
    asks_cause = visit_review().questions[len(visit.answers)].id == CAUSE
    heard = [context.intent(tracker), context.entity(tracker, "second_objection") or ""] if asks_cause else []
    customer = None if visit.customer_id else mentioned(tracker)
    answered = visit.answered(words, [name for name in reversed(heard) if name in knowledge().objections])
    answered = replace(answered, customer_id=customer.id) if customer else answered
    visits.keep(database(), answered)
    return answered
