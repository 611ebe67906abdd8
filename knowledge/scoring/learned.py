"""The learnt reader: one linear map from features to grade, checks, faults and techniques, all explained by clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.scoring.features import AnswerFeatures, Parts, parts_of
from knowledge.scoring.graded import BEST_GRADE, technique_ids
from knowledge.scoring.relevance import Relevance
from knowledge.scoring.rubric import FULL_MARKS
from knowledge.scoring.values import Answer, Mark, Reading

Matrix = NDArray[np.float32]
GRADE, CHECK, FAULT, TECHNIQUE = "grade", "check", "fault", "technique"
# An answer to somebody else's worry, or a list of techniques, is worth no more than this, whatever else is in it.
PRETENDED = 15.0
NO_ANSWER, EMPTY = "no_answer", "empty"
# From so many techniques by name on, an answer recites them: nobody names them to a customer.
RECITED = 2
METHOD = "法"


@dataclass(frozen=True)
class Outputs:
    """What the map tells: `names` are pairs of kind and id, one a column; `thresholds` where a thing counts as found.

    `stretch` and `centre` undo that a cautious guess stays near the mean grade.
    """

    names: tuple[tuple[str, str], ...]
    thresholds: Matrix
    stretch: float
    centre: float

    def columns(self, kind: str) -> dict[str, int]:
        """Column by id of everything of one kind."""
        return {name: column for column, (own, name) in enumerate(self.names) if own == kind}

    def total(self, grade: float) -> float:
        """Points, 0 to 100, of a guessed grade."""
        stretched = self.centre + self.stretch * (grade - self.centre)
        return float(np.clip(stretched * FULL_MARKS / BEST_GRADE, 0, FULL_MARKS))


@dataclass(frozen=True)
class LearnedReader:
    """Reads an answer with weights of shape (features, outputs)."""

    features: AnswerFeatures
    weights: Matrix
    bias: Matrix
    outputs: Outputs
    relevance: Relevance

    def __call__(self, answers: Sequence[Answer]) -> list[Reading]:
        """Marks for everything, each with the clause that weighs most."""
        if not answers:
            return []
        parts = parts_of(answers)
        return [self._read(part, row) for part, row in zip(parts, self.features(parts), strict=True)]

    def _read(self, part: Parts, row: csr_matrix) -> Reading:
        ngrams = row[:, : self.relevance_columns]
        values = np.asarray(row @ self.weights + self.bias)[0]
        by_clause = np.asarray(self.features.text(part.clauses) @ self.weights[: self.relevance_columns])
        columns = list(self.outputs.columns(CHECK).values())
        # A good clause speaks for every check; what it does for this one beyond the others makes it evidence.
        by_clause[:, columns] -= by_clause[:, columns].mean(axis=1, keepdims=True)
        marks = self._marks(values, by_clause, part)
        total = self.outputs.total(float(values[self.outputs.columns(GRADE)[GRADE]]))
        for fault in self._pretended(part, ngrams):
            marks[FAULT][fault] = Mark(1.0, part.clauses[0])
            marks[TECHNIQUE].clear()
            total = min(total, PRETENDED)
        return Reading(marks[CHECK], marks[FAULT], marks[TECHNIQUE], total)

    def _pretended(self, part: Parts, ngrams: csr_matrix) -> Iterator[str]:
        """What no single weight can see: an answer to somebody else, names of techniques in place of doing them."""
        if self.relevance(part, ngrams) < self.relevance.threshold:
            yield NO_ANSWER
        if sum(name in part.text for name in technique_ids() if name.endswith(METHOD)) >= RECITED:
            yield EMPTY

    @property
    def relevance_columns(self) -> int:
        """How many of the first columns are n-grams."""
        return int(self.relevance.objection_weights.shape[0])

    def _marks(self, values: Matrix, by_clause: Matrix, part: Parts) -> dict[str, dict[str, Mark]]:
        """By kind and id. A fault's or technique's mark is 0.5 at its threshold."""
        found: dict[str, dict[str, Mark]] = {CHECK: {}, FAULT: {}, TECHNIQUE: {}, GRADE: {}}
        for column, (kind, name) in enumerate(self.outputs.names):
            value = float(values[column])
            if kind in (FAULT, TECHNIQUE):
                value = 0.5 * value / float(self.outputs.thresholds[column])
            evidence = part.clauses[int(by_clause[:, column].argmax())]
            found[kind][name] = Mark(float(np.clip(value, 0, 1)), evidence)
        return found
