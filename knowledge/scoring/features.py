"""What the learnt reader sees of an answer: its n-grams, its surface, its turns of phrase, its moves, its fit.

n-grams ─ what was typed and how it sounds            surface ─ length, questions, amounts, echoes of the customer
cues    ─ turns of phrase held as data                moves   ─ likeness of the best clause to each taught move
fit     ─ whether it answers this customer at all     moves × objection ─ the same move counts differently
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from knowledge.language import normalise, sentence_vectors
from knowledge.loader import product
from knowledge.scoring import cues
from knowledge.scoring.clauses import clauses
from knowledge.scoring.text_features import TextFeatures
from knowledge.scoring.values import Answer

Matrix = NDArray[np.float32]
# Weight of each block beside the n-grams, whose rows have about unit length; docs/performance.md has what was tried.
_SURFACE_COLUMNS = 20
SURFACE, CUES, MOVES, OBJECTION, MOVES_BY_OBJECTION = 0.5, 0.5, 0.7, 0.2, 0.5
_DIGITS = re.compile(r"\d+")
_CHINESE_AMOUNT = re.compile(r"[一二三四五六七八九十百千万两半]+")
_STOPS = re.compile(r"[，。！？；：]")


@dataclass(frozen=True)
class Parts:
    """An answer in normal form, its clauses as typed, and meanings; `vectors` has shape (clauses, 512)."""

    answer: Answer
    text: str
    customer: str
    clauses: tuple[str, ...]
    vectors: Matrix
    whole: Matrix
    customer_vector: Matrix


def parts_of(answers: Sequence[Answer]) -> list[Parts]:
    """The answers taken apart, all sentence vectors made in one go."""
    texts = [normalise(answer.text) for answer in answers]
    customers = [normalise(answer.customer_line) for answer in answers]
    pieces = [tuple(clauses(answer.text)) or (answer.text,) for answer in answers]
    plain = [[normalise(piece) for piece in own] for own in pieces]
    # Many answers speak to the same line: nothing is encoded twice.
    different = list(dict.fromkeys([*(piece for own in plain for piece in own), *texts, *customers]))
    meaning = dict(zip(different, sentence_vectors(different), strict=True))
    return [
        Parts(answer, text, customer, own, np.stack([meaning[one] for one in ones]), meaning[text], meaning[customer])
        for answer, text, customer, own, ones in zip(answers, texts, customers, pieces, plain, strict=True)
    ]


@dataclass(frozen=True)
class Moves:
    """Likeness of a clause to each taught move: linear over n-grams and meaning."""

    weights: Matrix
    bias: Matrix

    def __call__(self, rows: csr_matrix, vectors: Matrix) -> Matrix:
        """Shape (clauses, moves)."""
        ngrams = rows.shape[1]
        return np.asarray(rows @ self.weights[:ngrams] + vectors @ self.weights[ngrams:] + self.bias, dtype=np.float32)


@dataclass(frozen=True)
class Rarity:
    """Rare pairs of characters say more about what two texts share; `counts` are those of the training texts."""

    counts: dict[str, int]
    total: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> Rarity:
        """The pairs of these texts."""
        counts = Counter(pair for text in texts for pair in pairs(text))
        return cls(dict(counts), counts.total())

    def __call__(self, pair: str) -> float:
        return math.log(self.total / (1 + self.counts.get(pair, 0)))


class AnswerFeatures:
    """Turns answers into rows; `scale` holds mean and spread of the dense columns over the training answers."""

    def __init__(self, text: TextFeatures, moves: Moves, rarity: Rarity, scale: Matrix | None = None) -> None:
        self.text = text
        self.moves = moves
        self._rarity = rarity
        self._scale = scale
        self._objections = sorted(product().objections)

    @property
    def scale(self) -> Matrix:
        """Shape (2, dense columns)."""
        assert self._scale is not None
        return self._scale

    def fit(self, parts: Sequence[Parts]) -> csr_matrix:
        """Learn the scale of the dense columns; returns the rows."""
        dense = self._dense(parts)
        self._scale = np.stack([dense.mean(axis=0), dense.std(axis=0) + 1e-6]).astype(np.float32)
        return self._rows(parts, dense)

    def __call__(self, parts: Sequence[Parts]) -> csr_matrix:
        """Rows, shape (len(parts), features)."""
        return self._rows(parts, self._dense(parts))

    def _rows(self, parts: Sequence[Parts], dense: Matrix) -> csr_matrix:
        dense = (dense - self.scale[0]) / self.scale[1]
        surface, turns, moves = np.split(dense, np.cumsum([_SURFACE_COLUMNS, len(_cue_names())]), axis=1)
        which = np.array([[part.answer.objection == name for name in self._objections] for part in parts], np.float32)
        moves = moves * np.sqrt(1 / moves.shape[1])
        crossed = (which[:, :, None] * moves[:, None, :]).reshape(len(parts), -1)
        blocks = [
            surface * np.sqrt(SURFACE / surface.shape[1]),
            turns * np.sqrt(CUES / turns.shape[1]),
            moves * np.sqrt(MOVES),
            which * np.sqrt(OBJECTION),
            crossed * np.sqrt(MOVES_BY_OBJECTION),
        ]
        ngrams = self.text([part.text for part in parts])
        return hstack([ngrams, csr_matrix(np.hstack(blocks))], format="csr", dtype=np.float32)

    def _dense(self, parts: Sequence[Parts]) -> Matrix:
        flat = self.text([piece for part in parts for piece in part.clauses])
        likeness = self.moves(flat, np.vstack([part.vectors for part in parts]))
        ends = np.cumsum([len(part.clauses) for part in parts])
        best = np.stack([own.max(axis=0) for own in np.split(likeness, ends[:-1])])
        rows = [[*self._surface(part), *_cues(part.answer)] for part in parts]
        return np.hstack([np.array(rows, dtype=np.float32), best])

    def _surface(self, part: Parts) -> list[float]:
        text, customer = part.text, part.customer
        own, theirs = pairs(text), pairs(customer)
        shared = sum(map(self._rarity, own & theirs))
        length = max(1, len(text))
        return [
            np.log1p(len(text)),
            len(text) / 100,
            text.count("？"),
            text.count("！"),
            len(_DIGITS.findall(text)),
            text.count("，") / 5,
            20 * text.count("，") / length,
            text.count("。"),
            text.count("您") + text.count("你"),
            text.count("我"),
            len(set(text) & set(customer)) / max(1, len(set(customer))),
            shared / 20,
            shared / (1 + sum(map(self._rarity, theirs))),
            float(text.endswith("？")),
            len(_CHINESE_AMOUNT.findall(text)),
            max(map(len, _STOPS.split(text))) / 20,
            len(part.clauses),
            text.count("："),
            text.count("、"),
            len(set(text)) / length,
        ]


def pairs(text: str) -> set[str]:
    """All pairs of neighbouring characters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _cue_names() -> tuple[tuple[str, str], ...]:
    return tuple((kind, name) for kind in sorted(cues.cues()) for name in sorted(cues.cues()[kind]))


def _cues(answer: Answer) -> list[float]:
    found = cues.hints(answer.text)
    return [found[kind][name] for kind, name in _cue_names()]
