"""Whether an answer answers this customer at all: learnt from good answers beside strangers' customer lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.loader import product
from knowledge.scoring.features import Parts, Rarity, pairs

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Relevance:
    """How likely it is that an answer belongs to its customer.

    `objection_weights` (n-grams, objections) guess the objection from the answer alone; `means` (2, 512) are the mean
    meanings of answers and customers' lines; `weights` and `bias` join the signs; `threshold` is where it is doubted.
    """

    objection_weights: Matrix
    objection_bias: Matrix
    means: Matrix
    scale: Matrix
    weights: Matrix
    bias: float
    threshold: float
    rarity: Rarity

    def __call__(self, part: Parts, ngrams: csr_matrix) -> float:
        """Probability, 0 to 1; `ngrams` is the answer's one row."""
        guesses = np.asarray(ngrams @ self.objection_weights + self.objection_bias)[0]
        signs = (signs_of(part, guesses, self.means, self.rarity) - self.scale[0]) / self.scale[1]
        return float(1 / (1 + np.exp(-(signs @ self.weights + self.bias))))


def signs_of(part: Parts, guesses: Matrix, means: Matrix, rarity: Rarity) -> Matrix:
    """What speaks for an answer belonging to a customer: nearness in meaning, shared rare words, the same objection."""
    customer = _direction(part.customer_vector - means[1])
    near = _directions(part.vectors - means[0]) @ customer
    own, theirs = pairs(part.text), pairs(part.customer)
    shared = sum(map(rarity, own & theirs))
    place = sorted(product().objections).index(part.answer.objection)
    others = np.delete(guesses, place)
    return np.array(
        [
            _direction(part.whole - means[0]) @ customer,
            near.max(),
            near[0],
            shared / 10,
            shared / (1 + sum(map(rarity, theirs))),
            len(set(part.text) & set(part.customer)) / max(1, len(set(part.customer))),
            guesses[place] - others.max(),
            guesses[place],
        ],
        dtype=np.float32,
    )


def _direction(vector: Matrix) -> Matrix:
    return np.asarray(vector / (np.linalg.norm(vector) + 1e-9), dtype=np.float32)


def _directions(vectors: Matrix) -> Matrix:
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9), dtype=np.float32)


def indices(names: Sequence[str]) -> Matrix:
    """One row a name, 1 at the place of its objection."""
    known = sorted(product().objections)
    return np.array([[name == other for other in known] for name in names], dtype=np.float32)
