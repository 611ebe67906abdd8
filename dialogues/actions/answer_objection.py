"""visit_help: technique, words, what to avoid and next step for what the customer said."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _facts as facts
from dialogues.actions import _objection_card as card
from dialogues.actions._find import question_first
from dialogues.actions._mentioned import mentioned, style_of
from dialogues.actions._reply import say
from knowledge.advice import advise
from knowledge.loader import knowledge
from knowledge.wording import fill


class ActionAnswerObjection(Action):
    def name(self) -> Text:
        return "action_answer_objection"

    @question_first
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        if context.objection(tracker) is None:  # a company's own that is used no longer
            dispatcher.utter_message(response="utter_objection_gone")
            return []
        customer = mentioned(tracker)
        style = style_of(tracker, customer)
        events = card.show(dispatcher, tracker, _rank(tracker), style, customer)
        second = context.entity(tracker, "second_objection")
        if second in knowledge().objections:
            _show_second(dispatcher, tracker, second, style)
        return events


def _rank(tracker: Tracker) -> int:
    """The technique that a button asks for; the next one when the customer says the same again; else the first."""
    if context.entity(tracker, "rank") is not None or context.entity(tracker, "advice") is not None:
        return context.rank(tracker)
    if context.entity(tracker, "again") and _same_as_before(tracker):
        return context.rank(tracker) + 1
    return 0


def _same_as_before(tracker: Tracker) -> bool:
    """Whether the technique shown last belongs to the objection that was just said."""
    advice = card.current(tracker)
    if tracker.get_slot("topic") != "objection" or advice is None:
        return False
    return bool(advice.technique.id == tracker.get_slot("shown"))


def _show_second(dispatcher: CollectingDispatcher, tracker: Tracker, objection: str, style: str | None) -> None:
    known = knowledge()
    advice = advise(known, objection, style)
    say(
        dispatcher,
        "utter_second_objection",
        card.sources(advice),
        title=advice.objection.title,
        for_style=card.for_style(style),
        technique=advice.technique.name,
        say=fill(advice.words.say, known, facts.of(tracker, objection)),
        next=advice.words.next,
        expand_button=context.advice_payload(objection, style),
    )
