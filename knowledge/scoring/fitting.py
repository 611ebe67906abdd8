"""Learns the reader from graded answers: ridge regression, judged by cross-validation over situations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve
from scipy.sparse import csr_matrix, hstack

from knowledge.language import normalise, sentence_vectors
from knowledge.scoring.features import AnswerFeatures, Moves, Parts, Rarity, parts_of
from knowledge.scoring.graded import GradedAnswer, Phrase
from knowledge.scoring.learned import CHECK, FAULT, GRADE, TECHNIQUE, LearnedReader, Outputs
from knowledge.scoring.relevance import Relevance, indices, signs_of
from knowledge.scoring.text_features import TextFeatures

Matrix = NDArray[np.float32]
RIDGE = 1.0
MOVES_RIDGE = 1.0
FOLDS = 10
# A technique that fewer graded answers carry out than this is not looked for.
LEAST_EXAMPLES = 3
# What counts as found in training: half of the raters or more.
_SEEN = 0.5
# So few good answers may be taken for an answer to somebody else.
WRONGLY_DOUBTED = 0.015
GOOD = 2.0
SEED = 0
# What dictation, haste and emoji make of marks: pairs of what goes and what comes.
_CARELESS = (("[。，！？、；：]", " "), ("[。，、]", ""), ("[。！]", "😊"))


def fit(graded: Sequence[GradedAnswer], phrases: Sequence[Phrase]) -> LearnedReader:
    """A reader from graded answers and single moves; the same data gives the same reader."""
    graded = [*graded, *map(carelessly_typed, range(len(graded)), graded)]
    parts = parts_of([entry.answer for entry in graded])
    text = TextFeatures()
    text.fit([*(part.text for part in parts), *(phrase.text for phrase in phrases)])
    rarity = Rarity.of(text for part in parts for text in (part.text, part.customer))
    features = AnswerFeatures(text, _moves(text, phrases), rarity)
    rows = features.fit(parts)
    names = output_names(graded)
    wanted = wanted_outputs(graded, names)
    outputs = _outputs(rows, wanted, names, [entry.situation for entry in graded])
    weights, bias = ridge(rows, wanted, RIDGE)
    return LearnedReader(features, weights, bias, outputs, _relevance(graded, parts, text, rarity))


def carelessly_typed(place: int, entry: GradedAnswer) -> GradedAnswer:
    """The same answer without its marks, in one of three ways: typing without them must cost no points."""
    marks, spaces = _CARELESS[place % len(_CARELESS)]
    text = re.sub(marks, spaces, entry.answer.text).strip() or entry.answer.text
    return replace(entry, answer=replace(entry.answer, text=text))


def ridge(rows: csr_matrix, wanted: Matrix, strength: float) -> tuple[Matrix, Matrix]:
    """Weights (features, outputs) and bias (outputs,), solved through the few rows instead of the many features."""
    mean = wanted.mean(axis=0)
    duals = _duals(likeness(rows), wanted - mean, strength)
    return np.asarray(rows.T @ duals, dtype=np.float32), np.asarray(mean, dtype=np.float32)


def likeness(rows: csr_matrix) -> NDArray[np.float64]:
    """How alike any two rows are, shape (rows, rows)."""
    return np.asarray((rows @ rows.T).toarray(), dtype=np.float64)


def _duals(alike: NDArray[np.float64], wanted: Matrix, strength: float) -> NDArray[np.float64]:
    ridged = alike + strength * np.eye(len(wanted))
    return np.asarray(solve(ridged, wanted, assume_a="pos"), dtype=np.float64)


def folds(situations: Sequence[str], count: int = FOLDS) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Training and test rows; all answers to a situation fall into the same fold."""
    order = {situation: place for place, situation in enumerate(dict.fromkeys(situations))}
    shuffled = np.random.default_rng(SEED).permutation(len(order))
    fold = np.array([shuffled[order[situation]] % count for situation in situations])
    for number in range(count):
        yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)


def _moves(text: TextFeatures, phrases: Sequence[Phrase]) -> Moves:
    kinds = sorted({(phrase.technique, phrase.fault) for phrase in phrases} - {("", "")})
    wanted = np.array([[(p.technique, p.fault) == kind for kind in kinds] for p in phrases], dtype=np.float32)
    vectors = sentence_vectors([normalise(phrase.text) for phrase in phrases])
    mean = vectors.mean(axis=0)
    rows = hstack([text([phrase.text for phrase in phrases]), csr_matrix(vectors - mean)], format="csr")
    weights, bias = ridge(rows, wanted, MOVES_RIDGE)
    return Moves(weights, bias - mean @ weights[-len(mean) :])


def output_names(graded: Sequence[GradedAnswer]) -> tuple[tuple[str, str], ...]:
    seen = Counter(name for entry in graded for name, share in entry.techniques.items() if share >= _SEEN)
    return (
        (GRADE, GRADE),
        *((CHECK, name) for name in graded[0].checks),
        *((FAULT, name) for name in sorted({name for entry in graded for name in entry.faults})),
        *((TECHNIQUE, name) for name in sorted(seen) if seen[name] >= LEAST_EXAMPLES),
    )


def wanted_outputs(graded: Sequence[GradedAnswer], names: Sequence[tuple[str, str]]) -> Matrix:
    """Shape (answers, outputs)."""
    return np.array(
        [
            [
                {GRADE: {GRADE: entry.grade}, CHECK: entry.checks, FAULT: entry.faults, TECHNIQUE: entry.techniques}[
                    kind
                ].get(name, 0.0)
                for kind, name in names
            ]
            for entry in graded
        ],
        dtype=np.float32,
    )


def _outputs(
    rows: csr_matrix, wanted: Matrix, names: tuple[tuple[str, str], ...], situations: Sequence[str]
) -> Outputs:
    """Thresholds and stretch by what the map guesses of answers that it has not seen."""
    guessed = cross_validated(rows, wanted, situations)
    stretch = float(wanted[:, 0].std() / guessed[:, 0].std())
    thresholds = np.full(len(names), _SEEN, dtype=np.float32)
    for kind in (FAULT, TECHNIQUE):
        columns = [column for column, (own, _) in enumerate(names) if own == kind]
        thresholds[columns] = _thresholds(guessed[:, columns], wanted[:, columns] >= _SEEN)
    return Outputs(names, thresholds, stretch, float(wanted[:, 0].mean()))


def cross_validated(rows: csr_matrix, wanted: Matrix, situations: Sequence[str], strength: float = RIDGE) -> Matrix:
    """What the map guesses of every answer when it has not seen its situation."""
    alike, guessed = likeness(rows), np.zeros_like(wanted)
    for learn, test in folds(situations):
        mean = wanted[learn].mean(axis=0)
        duals = _duals(alike[np.ix_(learn, learn)], wanted[learn] - mean, strength)
        guessed[test] = alike[np.ix_(test, learn)] @ duals + mean
    return guessed


def _thresholds(guessed: Matrix, seen: NDArray[np.bool_]) -> Matrix:
    """Of each column, where F1 is best; what is rare is pulled towards where all columns together are best."""
    steps = np.arange(0.1, 0.7, 0.02)
    found = guessed[:, :, None] > steps
    right = (found & seen[:, :, None]).sum(axis=0)
    told = found.sum(axis=0) + seen.sum(axis=0)[:, None]
    common = (2 * right.sum(axis=0) / told.sum(axis=0)).max()
    return np.asarray(steps[((2 * right + 4 * common) / (told + 4)).argmax(axis=1)], dtype=np.float32)


def _relevance(graded: Sequence[GradedAnswer], parts: Sequence[Parts], text: TextFeatures, rarity: Rarity) -> Relevance:
    """Good answers beside their own customers and beside strangers with another objection."""
    from sklearn.linear_model import LogisticRegression

    good = [place for place, entry in enumerate(graded) if entry.grade >= GOOD]
    rows = text([parts[place].text for place in good])
    objections = indices([graded[place].answer.objection for place in good])
    guesses = cross_validated(rows, objections, [graded[place].situation for place in good], MOVES_RIDGE)
    means = np.stack(
        [
            np.mean([part.whole for part in parts], axis=0),
            np.mean([part.customer_vector for part in parts], axis=0),
        ]
    )
    own = [signs_of(parts[place], guesses[n], means, rarity) for n, place in enumerate(good)]
    strange = [
        signs_of(_beside(parts[place], stranger), guesses[n], means, rarity)
        for n, (place, stranger) in enumerate(zip(good, _strangers(good, parts), strict=True))
    ]
    signs = np.array([*own, *strange])
    scale = np.stack([signs.mean(axis=0), signs.std(axis=0) + 1e-6])
    belongs = np.repeat([1, 0], len(good))
    model = LogisticRegression().fit((signs - scale[0]) / scale[1], belongs)
    sure = model.predict_proba((np.array(own) - scale[0]) / scale[1])[:, 1]
    weights, bias = ridge(rows, objections, MOVES_RIDGE)
    return Relevance(
        weights,
        bias,
        means,
        scale.astype(np.float32),
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]),
        float(np.quantile(sure, WRONGLY_DOUBTED)),
        rarity,
    )


def _strangers(good: Sequence[int], parts: Sequence[Parts]) -> Iterator[Parts]:
    """For each good answer a customer with another objection, by lot."""
    lot = np.random.default_rng(SEED)
    for place in good:
        others = [part for part in parts if part.answer.objection != parts[place].answer.objection]
        yield others[int(lot.integers(len(others)))]


def _beside(part: Parts, stranger: Parts) -> Parts:
    return Parts(
        stranger.answer, part.text, stranger.customer, part.clauses, part.vectors, part.whole, stranger.customer_vector
    )
