"""The network behind understanding: learnt with TensorFlow, read with NumPy; knows nothing of language.

    n-grams ──────────────┬── 64 units ──┐
                          │              ├── 512 units ── every head
    meaning ──────────────┼──────────────┘                    │
                          └── straight to every head ─────────┴── probabilities

The straight way remembers what a certain n-gram means; the units in between generalise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

# docs/performance.md has what was tried.
SHARED_UNITS = 64
HIDDEN_UNITS = 512
BATCH = 256
EPOCHS = 5
# A handful of sentences (a test, a new company's first words) still gets this many steps.
LEAST_STEPS = 400
SEED = 0
_WEIGHTS = ("ngram_weights", "meaning_weights", "meaning_bias", "hidden_weights", "bias")


@dataclass(frozen=True)
class Head:
    """One thing to tell: exactly one of `classes` where `exclusive`, else any number of them."""

    name: str
    classes: tuple[str, ...]
    exclusive: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Lesson:
    """What the training texts teach one head.

    `wanted` has shape (texts, classes), rows of probabilities; `taught` has shape (texts,) and is 0 where a text says
    nothing about this head.
    """

    head: Head
    wanted: NDArray[np.float32]
    taught: NDArray[np.float32]


class Network:
    """Weights of all heads; `fit` makes one, `probabilities` reads texts."""

    def __init__(self, heads: Sequence[Head], arrays: Any) -> None:
        self.heads = list(heads)
        # Kept at half precision: half the size on disk, the same readings.
        self._stored = {name: np.asarray(arrays[name], dtype=np.float16) for name in _WEIGHTS}
        self._ngrams, self._meaning, self._meaning_bias, self._hidden, self._bias = (
            self._stored[name].astype(np.float32) for name in _WEIGHTS
        )

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        """All weights by name, as `Network` takes them."""
        return dict(self._stored)

    def probabilities(self, ngrams: csr_matrix, meaning: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The probability of each class, shape (texts, classes), by head; a row of both inputs is a text."""
        from_ngrams = ngrams @ self._ngrams
        shared, straight = from_ngrams[:, :SHARED_UNITS], from_ngrams[:, SHARED_UNITS:]
        hidden = np.hstack([shared, meaning]) @ self._meaning + self._meaning_bias
        scores = np.maximum(hidden, 0) @ self._hidden + straight + self._bias
        ends = np.cumsum([len(head.classes) for head in self.heads])[:-1]
        return {
            head.name: _softmax(part) if head.exclusive else _sigmoid(part)
            for head, part in zip(self.heads, np.split(scores, ends, axis=1), strict=True)
        }


def fit(ngrams: csr_matrix, meaning: NDArray[np.float32], lessons: Sequence[Lesson]) -> Network:
    """Learn all heads together; the same input gives the same network.

    `ngrams` has shape (texts, n-grams) and `meaning` (texts, size), rows as in the lessons.
    """
    from nlu.learner import Learner

    heads = [lesson.head for lesson in lessons]
    wanted = np.hstack([lesson.wanted for lesson in lessons]).astype(np.float32)
    taught = np.stack([lesson.taught for lesson in lessons], axis=1).astype(np.float32)
    texts = ngrams.shape[0]
    epochs = max(EPOCHS, math.ceil(LEAST_STEPS * BATCH / texts))
    learner = Learner(heads, ngrams.shape[1], meaning.shape[1], steps=epochs * math.ceil(texts / BATCH))
    order = np.random.default_rng(SEED)
    for _ in range(epochs):
        shuffled = order.permutation(texts)
        for start in range(0, texts, BATCH):
            rows = shuffled[start : start + BATCH]
            learner.step(ngrams[rows], meaning[rows], wanted[rows], taught[rows])
    return Network(heads, learner.arrays())


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float32)
