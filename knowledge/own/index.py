"""Finds the passage of a company's own files that answers a question: shared words joined with meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.language import normalise, sentence_vectors
from knowledge.search import terms

# Words are what names and figures are found by; meaning finds what is put in other words.
WORDS, MEANING = 0.6, 0.4
# A vector means less the longer its text; the opening of a passage says what it is about.
OPENING_CHARACTERS = 120


@dataclass(frozen=True)
class Match:
    """A passage by its place in the index; `score` is 0 to 1."""

    place: int
    score: float


def meanings(texts: Sequence[str]) -> NDArray[np.float16]:
    """What passages mean, shape (len(texts), 512); a few milliseconds each, so kept beside them."""
    openings = [normalise(text.replace("\n", "，"))[:OPENING_CHARACTERS] for text in texts]
    return sentence_vectors(openings).astype(np.float16)


class OwnIndex:
    """All published passages; made anew when they change.

    Args:
        texts: Heading and text of each passage.
        vectors: Their `meanings`.
    """

    def __init__(self, texts: Sequence[str], vectors: NDArray[np.float16]) -> None:
        self._terms = [set(terms(text)) for text in texts]
        self._vectors = vectors.astype(np.float32)
        held = Counter(term for found in self._terms for term in found)
        self._weights = {term: float(np.log(1 + len(texts) / count)) for term, count in held.items()}
        self._unknown = float(np.log(1 + len(texts)))

    def best(self, question: str) -> Match | None:
        """The passage that fits best; None where there is none or the question has no word."""
        asked = set(terms(question))
        if not asked or not self._terms:
            return None
        meaning = self._vectors @ sentence_vectors([normalise(question)])[0]
        words = np.array([self._weight(asked & held) for held in self._terms]) / self._weight(asked)
        scores = WORDS * words + MEANING * meaning
        place = int(np.argmax(scores))
        return Match(place, float(scores[place]))

    def _weight(self, some_terms: set[str]) -> float:
        return sum(self._weights.get(term, self._unknown) for term in some_terms)
