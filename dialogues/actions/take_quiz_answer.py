"""learning: note how a question was answered, say when it comes back, offer what is left today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _today
from dialogues.actions._reply import Button, button, say
from knowledge.learning.data import Quiz, learning, quizzes
from knowledge.learning.today import DailySet
from knowledge.loader import knowledge
from knowledge.wording import cite
from store import schedule
from store.clock import utc_now
from store.database import database


class ActionTakeQuizAnswer(Action):
    def name(self) -> Text:
        return "action_take_quiz_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        quiz = quizzes().get(str(context.entity(tracker, "quiz")))
        if quiz is None:
            dispatcher.utter_message(response="utter_quiz_gone")
            return []
        person, now = context.person(tracker), utc_now()
        before = _today.left_today(person, now)
        verdict = "yes" if context.entity(tracker, "right") == "yes" else "no"
        due = schedule.rate(database(), person, schedule.quiz(quiz.id), verdict, now)
        left = _today.left_today(person, now)
        _answer(dispatcher, quiz, verdict, _days(due, now), left)
        if before and not left:
            dispatcher.utter_message(response="utter_set_finished")
        return []


def _days(due: datetime, now: datetime) -> int:
    """Whole days until then, at least one."""
    return max(1, round((due - now) / timedelta(days=1)))


def _answer(dispatcher: CollectingDispatcher, quiz: Quiz, verdict: str, days: int, left: DailySet) -> None:
    response = "utter_quiz_right" if verdict == "yes" else "utter_quiz_wrong"
    say(
        dispatcher,
        response,
        quiz.sources,
        _buttons(quiz, left),
        right=quiz.right,
        explanation=quiz.explanation,
        days=days,
        left=len(left) or None,
        source=cite(quiz.sources, knowledge(), limit=1),
    )


def _buttons(quiz: Quiz, left: DailySet) -> List[Button]:
    """What is left, or one more question; and the technique that the question was about."""
    words, technique = learning().words, knowledge().techniques.get(quiz.technique)
    more = _today.start_buttons(left) or [button(words["more"], "ask_quiz")]
    if technique is None:
        return more
    return [*more, button(words["technique"].format(name=technique.name), "show_card", card=technique.id)]
