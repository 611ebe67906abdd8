"""N-grams of characters, of syllables and of words of a text, as sparse rows; the part of the features that is learnt.

Syllables look alike under homophone typos, so that a typo costs nobody points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.language import normalise, pinyin, words

# Name → what it is made of, its weight beside the others, its longest n-gram; docs/performance.md has what was tried.
_BLOCKS: dict[str, tuple[Callable[[str], Any], float, int]] = {
    "characters": (list, 1.0, 3),
    "syllables": (lambda text: pinyin(text).split(), 0.5, 3),
    "words": (words, 0.5, 1),
}
_LEAST_TEXTS = 2


class TextFeatures:
    """Fit once on texts, then turn any text into a row."""

    def __init__(self) -> None:
        self._vectorisers = {
            name: TfidfVectorizer(
                analyzer=_Grams(made_of, longest), min_df=_LEAST_TEXTS, sublinear_tf=True, dtype=np.float32
            )
            for name, (made_of, _, longest) in _BLOCKS.items()
        }

    def fit(self, texts: Sequence[str]) -> None:
        """Learn which n-grams there are."""
        for vectoriser in self._vectorisers.values():
            vectoriser.fit([normalise(text) for text in texts])

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """Rows, shape (len(texts), n-grams)."""
        plain = [normalise(text) for text in texts]
        rows = [
            vectoriser.transform(plain) * np.float32(np.sqrt(_BLOCKS[name][1]))
            for name, vectoriser in self._vectorisers.items()
        ]
        return hstack(rows, format="csr", dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What was learnt, as arrays for `restore`."""
        learnt: dict[str, NDArray[Any]] = {}
        for name, vectoriser in self._vectorisers.items():
            learnt[f"{name}_terms"] = np.array(["\n".join(vectoriser.get_feature_names_out())])
            learnt[f"{name}_idf"] = vectoriser.idf_
        return learnt

    @classmethod
    def restore(cls, arrays: Any) -> TextFeatures:
        """What `arrays` described."""
        features = cls()
        for name, vectoriser in features._vectorisers.items():
            terms = str(arrays[f"{name}_terms"][0]).split("\n")
            vectoriser.vocabulary_ = {term: index for index, term in enumerate(terms)}
            vectoriser.idf_ = arrays[f"{name}_idf"]
        return features


class _Grams:
    """All n-grams of up to `longest` pieces."""

    def __init__(self, made_of: Callable[[str], list[str]], longest: int) -> None:
        self._made_of = made_of
        self._longest = longest

    def __call__(self, text: str) -> list[str]:
        pieces = self._made_of(text)
        return [
            " ".join(pieces[start : start + length])
            for length in range(1, self._longest + 1)
            for start in range(len(pieces) - length + 1)
        ]
