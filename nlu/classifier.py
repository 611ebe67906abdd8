"""The statistical model behind understanding: intents, a second objection, customer style, signal; no Rasa here.

Features: character n-grams (what was typed), n-grams of toneless pinyin (survive homophone typos) and sentence
vectors (survive other words). Heads: one logistic regression a class over them, all multiplied at once.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from knowledge.language import pinyin, sentence_vectors

# Weight of each block of features; chosen on the held-out sentences of tests/nlu.
CHARACTERS_WEIGHT = 1.0
PINYIN_WEIGHT = 0.6
MEANING_WEIGHT = 1.2
# Regularisation of the heads; chosen in the same way, flat between 2e-5 and 1e-4.
REGULARISATION = 5e-5
OUT_OF_SCOPE, OUT_OF_SCOPE_WEIGHT = "out_of_scope", 3.0


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

    `ranking` holds every intent with its probability, best first; `two_objections` is the probability that more than
    one objection is present, and `objections` that of each being present, independent of the others; `variants` the
    best variant of each intent that has variants, with its probability.
    """

    ranking: list[tuple[str, float]]
    two_objections: float
    objections: dict[str, float]
    variants: dict[str, tuple[str, float]]


class UtteranceClassifier:
    """Fit once on all utterances, then read one text at a time."""

    def __init__(self) -> None:
        self._characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        self._pinyin = TfidfVectorizer(
            analyzer="word", token_pattern=r"\S+", ngram_range=(1, 3), min_df=2, sublinear_tf=True
        )
        self._mean_vector = np.zeros(0, dtype=np.float32)
        self._heads: dict[str, list[str]] = {}  # head → classes, in the order of the weights' columns
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._intercepts = np.zeros(0, dtype=np.float32)

    def fit(self, utterances: Sequence[Utterance], objections: Sequence[str]) -> None:
        """Learn from utterances in normal form; `objections` are the intents of which two may be present."""
        texts = [utterance.text for utterance in utterances]
        features = self._fit_features(texts)
        single = [i for i, utterance in enumerate(utterances) if len(utterance.intents) == 1]
        labels = [utterances[i].intents[0] for i in single]
        columns = [_fit_head("intents", features[single], labels, _softened(labels))]
        objecting = [i for i, utterance in enumerate(utterances) if utterance.intents[0] in objections]
        # Not balanced: a second objection is rare, and its probability has to say so.
        two = [len(utterances[i].intents) > 1 for i in objecting]
        columns.append(_fit_head("two objections", features[objecting], two, None))
        for objection in objections:
            present = [objection in utterances[i].intents for i in objecting]
            columns.append(_fit_head(f"objection {objection}", features[objecting], present, None))
        for intent in sorted({u.intents[0] for u in utterances if u.variant}):
            rows = [i for i, u in enumerate(utterances) if u.intents[0] == intent and u.variant]
            columns.append(_fit_head(f"variant {intent}", features[rows], [utterances[i].variant for i in rows]))
        self._heads = {head.name: head.classes for head in columns}
        self._weights = np.ascontiguousarray(np.hstack([head.weights for head in columns]), dtype=np.float32)
        self._intercepts = np.concatenate([head.intercepts for head in columns]).astype(np.float32)

    def read(self, text: str) -> Reading:
        """Read one text in normal form."""
        features = self._features([text])
        # Few features are present: picking their rows is quicker than a product over all of them.
        scores = features.data @ self._weights[features.indices] + self._intercepts
        probabilities = 1.0 / (1.0 + np.exp(-scores))
        found: dict[str, list[tuple[str, float]]] = {}
        start = 0
        for head, classes in self._heads.items():
            part = probabilities[start : start + len(classes)]
            start += len(classes)
            share = part / part.sum() if len(classes) > 1 else part
            found[head] = sorted(zip(classes, map(float, share), strict=True), key=lambda item: -item[1])
        return Reading(
            ranking=found["intents"],
            two_objections=found["two objections"][0][1],
            objections={n.partition(" ")[2]: r[0][1] for n, r in found.items() if n.startswith("objection ")},
            variants={n.partition(" ")[2]: r[0] for n, r in found.items() if n.startswith("variant ")},
        )

    def _fit_features(self, texts: list[str]) -> csr_matrix:
        self._characters.fit(texts)
        self._pinyin.fit([pinyin(text) for text in texts])
        self._mean_vector = sentence_vectors(texts).mean(axis=0)
        return self._features(texts)

    def _features(self, texts: list[str]) -> csr_matrix:
        """Shape (len(texts), n-grams + pinyin n-grams + 512).

        Sentence vectors point into much the same direction; without their mean they differ more.
        """
        vectors = sentence_vectors(texts) - self._mean_vector
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
        blocks = [
            self._characters.transform(texts) * CHARACTERS_WEIGHT,
            self._pinyin.transform([pinyin(text) for text in texts]) * PINYIN_WEIGHT,
            csr_matrix(vectors * MEANING_WEIGHT),
        ]
        return hstack(blocks, format="csr")

    def save(self, folder: Path) -> None:
        """Write the fitted model into `folder`, as plain arrays and JSON: quick to read, nothing to execute."""
        described = {
            "characters": self._characters.get_feature_names_out().tolist(),
            "pinyin": self._pinyin.get_feature_names_out().tolist(),
            "heads": self._heads,
        }
        (folder / "classifier.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / "classifier.npz",
            characters_idf=self._characters.idf_,
            pinyin_idf=self._pinyin.idf_,
            mean_vector=self._mean_vector,
            weights=self._weights,
            intercepts=self._intercepts,
        )

    @classmethod
    def load(cls, folder: Path) -> UtteranceClassifier:
        """Read a model written by `save`."""
        classifier = cls()
        described = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        with np.load(folder / "classifier.npz", allow_pickle=False) as arrays:
            _restore(classifier._characters, described["characters"], arrays["characters_idf"])
            _restore(classifier._pinyin, described["pinyin"], arrays["pinyin_idf"])
            classifier._mean_vector = arrays["mean_vector"]
            classifier._weights = arrays["weights"]
            classifier._intercepts = arrays["intercepts"]
        classifier._heads = described["heads"]
        return classifier


def _restore(vectoriser: TfidfVectorizer, terms: list[str], idf: NDArray[np.float64]) -> None:
    vectoriser.vocabulary_ = {term: index for index, term in enumerate(terms)}
    vectoriser.idf_ = idf


@dataclass(frozen=True)
class _Head:
    """`weights` has shape (features, classes); a yes-or-no head has the one class "True"."""

    name: str
    classes: list[str]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]


def _softened(labels: Sequence[str]) -> dict[str, float]:
    """Weight of each class: half-way to balanced, so that small intents are heard; more for out of scope.

    Fully balanced, the many kinds of out of scope were too often taken for something else.
    """
    counts = Counter(labels)
    even = len(labels) / len(counts)
    return {
        label: math.sqrt(even / count) * (OUT_OF_SCOPE_WEIGHT if label == OUT_OF_SCOPE else 1.0)
        for label, count in counts.items()
    }


def _fit_head(
    name: str, features: csr_matrix, labels: Sequence[Any], weight: dict[str, float] | str | None = "balanced"
) -> _Head:
    head = SGDClassifier(
        loss="log_loss", alpha=REGULARISATION, class_weight=weight, max_iter=25, average=True, random_state=0
    )
    head.fit(features, np.array(labels))
    weights, intercepts = head.coef_, head.intercept_
    classes = [str(label) for label in head.classes_]
    if len(classes) == 2 and classes != ["False", "True"]:
        # Two variants: one column each, so that both have a probability.
        weights, intercepts = np.vstack([-weights, weights]), np.concatenate([-intercepts, intercepts])
    elif len(classes) == 2:
        classes = ["True"]
    return _Head(name, classes, weights.T, intercepts)
