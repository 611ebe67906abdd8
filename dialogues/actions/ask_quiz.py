"""learning: ask one question, the longest due first, then a new one, then the one that would come back soonest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _today
from dialogues.actions._reply import payload, say, show_quiz
from knowledge.learning.data import Quiz, quizzes
from knowledge.learning.today import shuffled_options
from store import schedule
from store.clock import utc_now
from store.database import database
from store.schedule import Kind


class ActionAskQuiz(Action):
    def name(self) -> Text:
        return "action_ask_quiz"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = context.person(tracker)
        quiz = quizzes()[_choose(person, utc_now())]
        asked = schedule.times_asked(database(), person, Kind.QUIZ).get(quiz.id, 0)
        _ask(dispatcher, quiz, *shuffled_options(quiz, person, asked))
        return []


def _choose(person: str, now: datetime) -> str:
    """The id of the question to ask now."""
    today = _today.left_today(person, now).quizzes
    if today:
        return today[0]
    unseen = _today.fresh(person)
    if unseen:
        return unseen[0]
    ever = schedule.due(database(), person, Kind.QUIZ, now + timedelta(days=365))
    return next(item.subject for item in ever if item.subject in quizzes())


def _ask(dispatcher: CollectingDispatcher, quiz: Quiz, options: List[str], correct: int) -> None:
    say(dispatcher, "utter_quiz", quiz.sources, question=quiz.question)
    show_quiz(
        dispatcher,
        {
            "question": quiz.question,
            "options": options,
            "correct": correct,
            "explanation": quiz.explanation,
            "right": payload("answer_quiz", quiz=quiz.id, right="yes"),
            "wrong": payload("answer_quiz", quiz=quiz.id, right="no"),
        },
    )
