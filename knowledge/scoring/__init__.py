"""Scores what a rep says to a customer, by a rubric that shows its reasons; knows neither Rasa nor Telegram.

answer → guard.py (nothing to judge, a copy) → a reader (marks with evidence) → scorer.py (points by the rubric)
"""

from knowledge.scoring.scorer import Scorer, scorer
from knowledge.scoring.values import Answer, CheckResult, Score

__all__ = ["Answer", "CheckResult", "Score", "Scorer", "scorer"]
