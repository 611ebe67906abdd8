"""The statistical model behind understanding: intents, a second objection, customer style, signal; no Rasa here.

`nlu/features.py` turns a text into numbers, `nlu/network.py` those into probabilities; here stands what they mean.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.language import sentence_vectors
from nlu.features import LEAST_TEXTS_WITH_NGRAM, TextFeatures
from nlu.meanings import Encode
from nlu.network import Head, Lesson, Network, fit

INTENTS, OBJECTIONS, TWO_OBJECTIONS, VARIANT = "intents", "objections", "two objections", "variant "
# The main one of two objections is the reading wanted of the whole, the other one the next best.
MAIN_SHARE = 0.65
# What each head counts for while all learn together.
PRESENCE_WEIGHT, VARIANT_WEIGHT = 0.3, 0.5
# Fewer texts than this have too few n-grams in common to leave out rare ones.
ENOUGH_TEXTS = 1000


@dataclass(frozen=True)
class Utterance:
    """A training sentence: `intents` holds two where two objections are present (the main one first); `variant` is
    what follows the slash of `describe_customer/driver` or `report_signal/negative`; a noisy copy names the sentence
    that is meant."""

    text: str
    intents: tuple[str, ...]
    variant: str | None = None
    meant: str | None = None


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
        self._features = TextFeatures()
        self._network: Network | None = None

    def fit(
        self, utterances: Sequence[Utterance], objections: Sequence[str], encode: Encode = sentence_vectors
    ) -> None:
        """Learn from utterances in normal form; `objections` are the intents of which two may be present.

        `encode` gives the meaning of training texts, for example from a file.
        """
        self._features = TextFeatures(LEAST_TEXTS_WITH_NGRAM if len(utterances) > ENOUGH_TEXTS else 1)
        texts = [utterance.text for utterance in utterances]
        meant = [utterance.meant or utterance.text for utterance in utterances]
        ngrams, meaning = self._features.fit(texts, meant, encode)
        self._network = fit(ngrams, meaning, list(_lessons(utterances, objections)))

    def read(self, text: str) -> Reading:
        """Read one text in normal form."""
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Read several texts in normal form, which is quicker than one after the other."""
        if not texts:
            return []
        assert self._network is not None, "fit or load first"
        probabilities = self._network.probabilities(*self._features(texts))
        return [
            _reading({head.name: (head.classes, probabilities[head.name][row]) for head in self._network.heads})
            for row in range(len(texts))
        ]

    def save(self, folder: Path) -> None:
        """Write the fitted model into `folder`, as plain arrays and JSON: quick to read, nothing to execute."""
        assert self._network is not None, "fit or load first"
        heads = [[head.name, head.classes, head.exclusive] for head in self._network.heads]
        described = {"terms": self._features.terms(), "heads": heads}
        (folder / "classifier.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / "classifier.npz", **self._features.arrays(), **self._network.arrays())

    @classmethod
    def load(cls, folder: Path) -> UtteranceClassifier:
        """Read a model written by `save`."""
        classifier = cls()
        described = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        heads = [Head(name, tuple(classes), exclusive) for name, classes, exclusive in described["heads"]]
        with np.load(folder / "classifier.npz", allow_pickle=False) as arrays:
            classifier._features = TextFeatures.restore(described["terms"], arrays)
            classifier._network = Network(heads, arrays)
        return classifier


def _reading(told: dict[str, tuple[tuple[str, ...], NDArray[np.float32]]]) -> Reading:
    """The reading of one text from each head's classes and their probabilities."""
    found = {
        head: sorted(zip(classes, _rounded(probabilities), strict=True), key=lambda item: -item[1])
        for head, (classes, probabilities) in told.items()
    }
    return Reading(
        ranking=found[INTENTS],
        two_objections=found[TWO_OBJECTIONS][0][1],
        objections=dict(found[OBJECTIONS]),
        variants={head.removeprefix(VARIANT): best[0] for head, best in found.items() if head.startswith(VARIANT)},
    )


def _rounded(probabilities: NDArray[np.float32]) -> list[float]:
    """Finer digits depend on how the machine adds up, not on the text."""
    return [round(float(probability), 5) for probability in probabilities]


def _lessons(utterances: Sequence[Utterance], objections: Sequence[str]) -> list[Lesson]:
    """What the utterances teach each head."""
    intents = sorted({intent for utterance in utterances for intent in utterance.intents})
    shares = [
        dict(
            zip(utterance.intents, (MAIN_SHARE, 1 - MAIN_SHARE) if len(utterance.intents) > 1 else (1.0,), strict=True)
        )
        for utterance in utterances
    ]
    present = [dict.fromkeys(set(utterance.intents) & set(objections), 1.0) for utterance in utterances]
    two = [{TWO_OBJECTIONS: float(len(utterance.intents) > 1)} for utterance in utterances]
    lessons = [
        _lesson(Head(INTENTS, tuple(intents), exclusive=True), shares),
        _lesson(Head(OBJECTIONS, tuple(objections), exclusive=False, weight=PRESENCE_WEIGHT), present),
        _lesson(Head(TWO_OBJECTIONS, (TWO_OBJECTIONS,), exclusive=False, weight=PRESENCE_WEIGHT), two),
    ]
    for intent in sorted({utterance.intents[0] for utterance in utterances if utterance.variant}):
        variants = [{u.variant: 1.0} if u.intents[0] == intent and u.variant else None for u in utterances]
        classes = tuple(sorted({name for variant in variants if variant for name in variant}))
        lessons.append(_lesson(Head(VARIANT + intent, classes, exclusive=True, weight=VARIANT_WEIGHT), variants))
    return lessons


def _lesson(head: Head, wanted: Sequence[dict[str, float] | None]) -> Lesson:
    """One row a text, with the wanted probability of each class; a text without any teaches nothing."""
    rows = np.array([[(row or {}).get(name, 0.0) for name in head.classes] for row in wanted], dtype=np.float32)
    return Lesson(head, rows, np.array([row is not None for row in wanted], dtype=np.float32))
