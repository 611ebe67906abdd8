"""How like a question is to each of many phrasings, by the terms that both hold; one sparse product a question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.language import normalise, pinyin


class Likeness:
    """Dice likeness of weighted terms, 0 to 1: 1 where a phrasing and the question hold the same terms.

    Args:
        phrasings: The terms of each phrasing.
        groups: For each phrasing the number of its document; rare terms are those that few documents hold.
    """

    def __init__(self, phrasings: Sequence[Collection[str]], groups: Sequence[int]) -> None:
        holding = Counter(
            term for _, term in {(g, term) for g, terms in zip(groups, phrasings, strict=True) for term in terms}
        )
        self._documents = max(groups) + 1
        self._columns = {term: number for number, term in enumerate(holding)}
        self._weights = np.array([self._rarity(count) for count in holding.values()], dtype=np.float32)
        rows = [(row, self._columns[term]) for row, terms in enumerate(phrasings) for term in set(terms)]
        ones = np.ones(len(rows), dtype=np.float32)
        self._holds = csr_matrix((ones, tuple(zip(*rows, strict=True))), shape=(len(phrasings), len(holding)))
        self._own = np.asarray(self._holds @ self._weights)

    def to(self, asked: Collection[str]) -> NDArray[np.float32]:
        """Likeness of each phrasing to a question of these terms; a term that stands nowhere counts against all."""
        known = [self._columns[term] for term in set(asked) if term in self._columns]
        mask = np.zeros(len(self._weights), dtype=np.float32)
        mask[known] = self._weights[known]
        weight = float(mask.sum()) + (len(set(asked)) - len(known)) * self._rarity(1)
        return np.asarray(2 * (self._holds @ mask) / (self._own + weight + 1e-6), dtype=np.float32)

    def _rarity(self, holding: int) -> float:
        return rarity(self._documents, holding)


def rarity(documents: int, holding: int) -> float:
    """Inverse document frequency as FTS5's bm25() computes it; never quite zero."""
    return max(math.log((documents - holding + 0.5) / (holding + 0.5)), 1e-6)


def sounds(text: str) -> set[str]:
    """Syllables and pairs of neighbouring ones: typing errors in Chinese mostly sound like what was meant."""
    syllables = [syllable for syllable in pinyin(normalise(text)).split() if syllable.isalnum()]
    return {*syllables, *(f"{one} {other}" for one, other in pairwise(syllables))}
