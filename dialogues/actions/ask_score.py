"""calculators: the next question of a questionnaire; buttons carry the answers so far; at the end the result."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import button, payload, say
from dialogues.actions.start_grade import choose_grade
from knowledge.calculators.data import Questionnaire, calculators
from knowledge.calculators.scoring import is_valid, result
from knowledge.loader import knowledge
from knowledge.wording import cite

ADVICE_SHOWN = 3


class ActionAskScore(Action):
    def name(self) -> Text:
        return "action_ask_score"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        asked = calculators().questionnaires.get(context.entity(tracker, "form") or "")
        answers = context.entity(tracker, "got") or ""
        if asked is None or not is_valid(asked, answers):
            choose_grade(dispatcher)
        elif len(answers) < len(asked.questions):
            _ask(dispatcher, asked, answers)
        else:
            _show(dispatcher, asked, answers)
        return []


def _ask(dispatcher: CollectingDispatcher, asked: Questionnaire, answers: str) -> None:
    question = asked.questions[len(answers)]
    say(
        dispatcher,
        "utter_score_question",
        asked.sources,
        [
            button(choice.title, "answer_score", form=asked.id, got=f"{answers}{digit}")
            for digit, choice in enumerate(question.answers)
        ],
        title=asked.title,
        number=len(answers) + 1,
        count=len(asked.questions),
        ask=question.ask,
    )


def _show(dispatcher: CollectingDispatcher, asked: Questionnaire, answers: str) -> None:
    scored = result(asked, answers)
    say(
        dispatcher,
        "utter_score",
        asked.sources,
        title=asked.title,
        points=f"{scored.points}/{scored.most}" if len(answers) > 1 else " ",
        list="\n".join(f"· {short}：{choice.title}" for short, choice in scored.answered),
        verdict=scored.verdict,
        advice="；".join(scored.advice[:ADVICE_SHOWN]),
        note=asked.note,
        source=cite(asked.sources, knowledge(), limit=1),
        again_button=payload("answer_score", form=asked.id),
    )
