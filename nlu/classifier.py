"""The statistical model behind understanding: intents, a second objection, customer style, signal; no Rasa here.

Features: character n-grams (what was typed), n-grams of toneless pinyin (survive homophone typos) and sentence
vectors (survive other words). Heads: logistic regressions over them. docs/performance.md compares the alternatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.language import pinyin, sentence_vectors

# Weight of each block beside the sentence vector's unit length; chosen by cross-validation over the training data.
CHARACTERS_WEIGHT = 1.0
PINYIN_WEIGHT = 0.6
MEANING_WEIGHT = 1.6
# Inverse regularisation of the heads; above 10 nothing was gained in cross-validation.
STRENGTH = 10.0


@dataclass(frozen=True)
class Utterance:
    """A training sentence: `intents` holds two where two objections are present (the main one first); `variant` is
    what follows the slash of `describe_customer/driver` or `report_signal/negative`."""

    text: str
    intents: tuple[str, ...]
    variant: str | None = None


@dataclass(frozen=True)
class Reading:
    """What the model makes of a text.

    `ranking` holds every intent with its probability, best first; `objections` the probability of each objection
    being present at all, independent of the others; `variants` the best variant of each intent that has variants,
    with its probability.
    """

    ranking: list[tuple[str, float]]
    objections: dict[str, float]
    variants: dict[str, tuple[str, float]]


class UtteranceClassifier:
    """Fit once on all utterances, then read one text at a time."""

    def __init__(self) -> None:
        self._characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
        self._pinyin = TfidfVectorizer(
            analyzer="word", token_pattern=r"\S+", ngram_range=(1, 3), min_df=2, sublinear_tf=True
        )
        self._intents = _head()
        self._objections: dict[str, LogisticRegression] = {}
        self._variants: dict[str, LogisticRegression] = {}

    def fit(self, utterances: Sequence[Utterance], objections: Sequence[str]) -> None:
        """Learn from utterances in normal form; `objections` are the intents of which two may be present."""
        texts = [utterance.text for utterance in utterances]
        self._characters.fit(texts)
        self._pinyin.fit([pinyin(text) for text in texts])
        features = self._features(texts)
        main = np.array([utterance.intents[0] for utterance in utterances])
        single = np.array([len(utterance.intents) == 1 for utterance in utterances])
        self._intents.fit(features[single], main[single])
        for objection in objections:
            present = np.array([objection in utterance.intents for utterance in utterances])
            self._objections[objection] = _head().fit(features, present)
        for intent in {u.intents[0] for u in utterances if u.variant}:
            rows = [i for i, u in enumerate(utterances) if u.intents[0] == intent and u.variant]
            self._variants[intent] = _head().fit(features[rows], [utterances[i].variant for i in rows])

    def read(self, text: str) -> Reading:
        """Read one text in normal form."""
        features = self._features([text])
        probabilities = self._intents.predict_proba(features)[0]
        order = np.argsort(-probabilities)
        return Reading(
            ranking=[(str(self._intents.classes_[i]), float(probabilities[i])) for i in order],
            objections={name: float(head.predict_proba(features)[0, 1]) for name, head in self._objections.items()},
            variants={intent: _best(head, features) for intent, head in self._variants.items()},
        )

    def _features(self, texts: list[str]) -> csr_matrix:
        return hstack(
            [
                self._characters.transform(texts) * CHARACTERS_WEIGHT,
                self._pinyin.transform([pinyin(text) for text in texts]) * PINYIN_WEIGHT,
                csr_matrix(sentence_vectors(texts)) * MEANING_WEIGHT,
            ],
            format="csr",
        )

    def save(self, folder: Path) -> None:
        """Write the fitted model into `folder`."""
        import skops.io

        skops.io.dump(self.__dict__, folder / "classifier.skops")

    @classmethod
    def load(cls, folder: Path) -> UtteranceClassifier:
        """Read a model written by `save`; raises ValueError for anything but the types of such a model."""
        import skops.io

        path = folder / "classifier.skops"
        unknown = skops.io.get_untrusted_types(file=path)
        if unknown:
            raise ValueError(f"{path} holds unexpected types: {unknown}")
        classifier = cls()
        state: dict[str, Any] = skops.io.load(path)
        classifier.__dict__.update(state)
        return classifier


def _head() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300)


def _best(head: LogisticRegression, features: csr_matrix) -> tuple[str, float]:
    probabilities = head.predict_proba(features)[0]
    best = int(np.argmax(probabilities))
    return str(head.classes_[best]), float(probabilities[best])
