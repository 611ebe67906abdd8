"""What the model sees of a text: n-grams of what was typed and how it sounds, and a vector of what it means; no Rasa.

Character n-grams tell what was typed; n-grams of toneless syllables look alike under homophone typos (“太柜了”); the
sentence vector looks alike under other words. Amounts are one and the same to all three, whatever they come to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.language import pinyin, sentence_vectors
from nlu.meanings import Encode

MEANING_SIZE = 512
# Shorter and rarer n-grams than these add size and no accuracy (docs/performance.md).
NGRAM_LENGTHS = (1, 2)
LEAST_TEXTS_WITH_NGRAM = 3

_CHINESE_AMOUNT = "[一二两三四五六七八九几][十百千万亿][一二三四五六七八九十百千万亿零]*"
_AMOUNT = re.compile(rf"\d+(?:[.,，:：]\d+)*|{_CHINESE_AMOUNT}")
_ANY_AMOUNT = "8"


def without_amounts(text: str) -> str:
    """The text with every amount replaced by the same one: 三千二 and 4500 weigh alike in “能不能少三千二”."""
    return _AMOUNT.sub(_ANY_AMOUNT, text)


def _once(encode: Encode, texts: Sequence[str]) -> NDArray[np.float32]:
    """The vectors of `texts`, each read once however often it stands there."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return encode(list(places))[[places[text] for text in texts]]


class TextFeatures:
    """Fit once on the training texts, then turn any text in normal form into features."""

    def __init__(self, least_texts: int = LEAST_TEXTS_WITH_NGRAM) -> None:
        self._vectorisers = {
            "characters": TfidfVectorizer(
                analyzer="char", ngram_range=NGRAM_LENGTHS, min_df=least_texts, sublinear_tf=True, dtype=np.float32
            ),
            "pinyin": TfidfVectorizer(
                analyzer="word",
                token_pattern=r"\S+",
                ngram_range=NGRAM_LENGTHS,
                min_df=least_texts,
                sublinear_tf=True,
                dtype=np.float32,
            ),
        }
        self._mean_meaning = np.zeros(MEANING_SIZE, dtype=np.float32)

    @property
    def ngram_count(self) -> int:
        """Columns of `ngrams`."""
        return sum(len(vectoriser.vocabulary_) for vectoriser in self._vectorisers.values())

    def fit(
        self, texts: Sequence[str], meant: Sequence[str], encode: Encode = sentence_vectors
    ) -> tuple[csr_matrix, NDArray[np.float32]]:
        """Learn which n-grams there are; returns the n-grams of `texts` and the meanings of `meant`, row by row.

        They differ where a text is a noisy copy of another: vectors are what training waits for, and a copy with the
        vector of its original teaches as much (docs/performance.md).
        """
        plain = [without_amounts(text) for text in texts]
        self._vectorisers["characters"].fit(plain)
        self._vectorisers["pinyin"].fit([pinyin(text) for text in plain])
        meaning = _once(encode, [without_amounts(text) for text in meant])
        self._mean_meaning = meaning.mean(axis=0)
        return self._ngrams(plain), self._centred(meaning)

    def __call__(self, texts: Sequence[str]) -> tuple[csr_matrix, NDArray[np.float32]]:
        """N-grams, shape (len(texts), ngram_count), and meanings, shape (len(texts), 512)."""
        plain = [without_amounts(text) for text in texts]
        return self._ngrams(plain), self._centred(sentence_vectors(plain))

    def _ngrams(self, plain: list[str]) -> csr_matrix:
        blocks = [
            self._vectorisers["characters"].transform(plain),
            self._vectorisers["pinyin"].transform([pinyin(text) for text in plain]),
        ]
        ngrams = hstack(blocks, format="csr", dtype=np.float32)
        ngrams.sort_indices()  # a sum in another order is another sum
        return ngrams

    def _centred(self, meaning: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sentence vectors point into much the same direction; without their mean they differ more.

        Their length becomes 5, which lets the network learn from them at the pace of its other input.
        """
        centred = meaning - self._mean_meaning
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        return np.asarray(5 * centred / (lengths + 1e-9), dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """What was learnt, as arrays; with `terms` all that `restore` needs."""
        idf = {f"{name}_idf": vectoriser.idf_ for name, vectoriser in self._vectorisers.items()}
        return {**idf, "mean_meaning": self._mean_meaning}

    def terms(self) -> dict[str, list[str]]:
        """The n-grams in the order of their columns."""
        return {name: vectoriser.get_feature_names_out().tolist() for name, vectoriser in self._vectorisers.items()}

    @classmethod
    def restore(cls, terms: dict[str, list[str]], arrays: Any) -> TextFeatures:
        """What `terms` and `arrays` described."""
        features = cls()
        for name, vectoriser in features._vectorisers.items():
            vectoriser.vocabulary_ = {term: index for index, term in enumerate(terms[name])}
            vectoriser.idf_ = arrays[f"{name}_idf"]
        features._mean_meaning = arrays["mean_meaning"]
        return features
