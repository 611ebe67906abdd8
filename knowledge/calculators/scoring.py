"""Questionnaires with points: what has been answered so far, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.calculators.data import Choice, Questionnaire


@dataclass(frozen=True)
class Result:
    """Points, the most there are, the verdict, and (question, answer) in order."""

    points: int
    most: int
    verdict: str
    answered: tuple[tuple[str, Choice], ...]

    @property
    def advice(self) -> list[str]:
        """What to do next, each once, in the order of the questions."""
        return list(dict.fromkeys(choice.next for _, choice in self.answered if choice.next))


def is_valid(questionnaire: Questionnaire, answers: str) -> bool:
    """Whether `answers` (the numbers of the answers, a digit each, from 0) fits the questions; "" does."""
    return len(answers) <= len(questionnaire.questions) and all(
        digit.isdecimal() and int(digit) < len(question.answers)
        for digit, question in zip(answers, questionnaire.questions, strict=False)
    )


def result(questionnaire: Questionnaire, answers: str) -> Result:
    """The result of valid answers to all questions."""
    pairs = zip(questionnaire.questions, answers, strict=True)
    answered = tuple((question.short, question.answers[int(digit)]) for question, digit in pairs)
    points = sum(choice.points for _, choice in answered)
    most = sum(max(choice.points for choice in question.answers) for question in questionnaire.questions)
    verdict = next(verdict.text for verdict in questionnaire.verdicts if points >= verdict.least)
    return Result(points, most, verdict, answered)
