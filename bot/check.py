"""`coach check`: every problem of every data file, in one report."""

from __future__ import annotations

from dialogues.check import problems as dialogue_problems
from knowledge.calculators.data import calculators
from knowledge.checklists.data import checklists
from knowledge.customer_card import customer_card
from knowledge.drill.data import rules, scenarios, words
from knowledge.learning.data import learning, quizzes
from knowledge.loader import knowledge
from knowledge.problems import KnowledgeError
from knowledge.products.sheet import sheet as product_sheet
from knowledge.scoring.cues import cues
from knowledge.scoring.graded import graded_answers, phrases
from knowledge.scoring.rubric import rubrics
from knowledge.tip_stock import tips
from knowledge.visit_review import visit_review
from nlu.check import problems as language_problems


def problems() -> list[str]:
    """Problems of knowledge, understanding and dialogue data, each with file, item and fix."""
    found: list[str] = []
    for load in (
        knowledge,
        scenarios,
        rules,
        words,
        rubrics,
        cues,
        graded_answers,
        phrases,
        quizzes,
        learning,
        calculators,
        checklists,
        product_sheet,
        tips,
        customer_card,
        visit_review,
    ):
        try:
            load()
        except KnowledgeError as error:
            found += [str(problem) for problem in error.problems if str(problem) not in found]
    return found + language_problems() + dialogue_problems()
