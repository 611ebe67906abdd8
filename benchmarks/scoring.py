"""How well drill answers are scored: methods side by side by cross-validation, then the product on files.

make bench-score                       cross-validation over the situations of knowledge/graded
make bench-score FILES=../x.jsonl      and the whole scorer on graded files it has never seen
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from bot.score import row_of
from knowledge.scoring import Answer, scorer
from knowledge.scoring.artefact import load_reader, train
from knowledge.scoring.cues import hints
from knowledge.scoring.features import Parts, parts_of
from knowledge.scoring.fitting import cross_validated, folds, output_names, wanted_outputs
from knowledge.scoring.graded import BEST_GRADE, GradedAnswer, graded_answers
from knowledge.scoring.learned import CHECK, FAULT, TECHNIQUE
from knowledge.scoring.rubric import CONDUCT, rubrics

Values = NDArray[np.float64]
PASS_MARK = 60
POINTS_A_GRADE = 25
NEIGHBOURS = 15


def main(files: Sequence[str]) -> None:
    """Print the table of methods, then a line for each file."""
    graded = graded_answers()
    grades = np.array([entry.grade for entry in graded])
    situations = [entry.situation for entry in graded]
    lengths = np.array([len(entry.answer.text) for entry in graded])
    parts = parts_of([entry.answer for entry in graded])
    reader = load_reader(train())
    names, rows = output_names(graded), reader.features(parts)
    wanted = wanted_outputs(graded, names)
    guessed = cross_validated(rows, wanted, situations)
    print(f"{len(graded)} graded answers, {len(set(situations))} situations, 10 folds by situation")
    for method, guess in {
        "(a) rules on checks": _by_rules(graded),
        "(b) a classifier a check": _by_checks(graded, names, guessed),
        "(c) ridge on all features (kept)": guessed[:, 0],
        "(d) likeness to graded answers": _by_neighbours(parts, grades, situations),
    }.items():
        print(f"{method:34}", _line(_stretched(guess, grades), grades, situations, lengths))
    for kind in (TECHNIQUE, FAULT):
        columns = [column for column, (own, _) in enumerate(names) if own == kind]
        found = guessed[:, columns] > reader.outputs.thresholds[columns]
        print(f"{kind}s, F1 {_f1(found, wanted[:, columns] >= 0.5):.3f}")
    for file in files:
        _on_file(Path(file))


def _by_rules(graded: Sequence[GradedAnswer]) -> Values:
    """Points by turns of phrase alone."""
    points = []
    for entry in graded:
        found = hints(entry.answer.text)
        weights = {check.id: check.weight for check in rubrics().checks[entry.answer.objection]}
        earned = sum(weights[name] * mark for name, mark in found["checks"].items()) + weights[CONDUCT]
        lost = sum(fault.cost for name, fault in rubrics().faults.items() if found["faults"][name] >= 0.5)
        points.append((earned - lost) / POINTS_A_GRADE)
    return np.array(points)


def _by_checks(graded: Sequence[GradedAnswer], names: Sequence[tuple[str, str]], guessed: Values) -> Values:
    """Points by what is guessed of each check and fault, without a view of the whole."""
    column = {name: place for place, name in enumerate(names)}
    points = []
    for entry, row in zip(graded, guessed, strict=True):
        earned = sum(
            check.weight * (1.0 if check.id == CONDUCT else row[column[CHECK, check.id]])
            for check in rubrics().checks[entry.answer.objection]
        )
        lost = sum(fault.cost * max(0.0, row[column[FAULT, name]]) for name, fault in rubrics().faults.items())
        points.append((earned - lost) / POINTS_A_GRADE)
    return np.array(points)


def _by_neighbours(parts: Sequence[Parts], grades: Values, situations: Sequence[str]) -> Values:
    """Mean grade of the likest answers to other situations."""
    vectors = np.stack([part.whole for part in parts])
    guessed = np.zeros(len(parts))
    for learn, test in folds(situations):
        nearest = np.argsort(-(vectors[test] @ vectors[learn].T), axis=1)[:, :NEIGHBOURS]
        guessed[test] = grades[learn][nearest].mean(axis=1)
    return guessed


def _stretched(guess: Values, grades: Values) -> Values:
    """With the spread of the grades, within 0 and 4: the same help for every method."""
    return np.clip((guess - guess.mean()) * grades.std() / guess.std() + grades.mean(), 0, BEST_GRADE)


def _line(guess: Values, grades: Values, situations: Sequence[str], lengths: Values) -> str:
    points = guess * POINTS_A_GRADE
    return "  ".join(
        (
            f"kappa {_kappa(guess, grades):.3f}",
            f"order {_order(guess, grades, situations):.3f}",
            f"bad ≥ 60 {np.mean(points[grades <= 1] >= PASS_MARK):.3f}",
            f"good < 60 {np.mean(points[grades >= 3.5] < PASS_MARK):.3f}",
            f"length {np.corrcoef(guess, lengths)[0, 1]:+.2f} (graders {np.corrcoef(grades, lengths)[0, 1]:+.2f})",
        )
    )


def _kappa(guess: Values, grades: Values) -> float:
    """Quadratic weighted, over half grades."""
    halves = [np.floor(values * 2 + 0.5).astype(int) for values in (guess, grades)]
    return float(cohen_kappa_score(*halves, weights="quadratic", labels=range(2 * BEST_GRADE + 1)))


def _order(guess: Values, grades: Values, situations: Sequence[str]) -> float:
    """Share of right orders among pairs of one situation that are a grade or more apart."""
    same = np.array(situations)[:, None] == np.array(situations)[None, :]
    better = same & (grades[:, None] - grades[None, :] >= 1)
    return float(np.mean((guess[:, None] > guess[None, :])[better]))


def _f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (found & true).sum() / max(1, found.sum() + true.sum()))


def _on_file(path: Path) -> None:
    """The whole scorer, as `coach score` runs it."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    answers = [Answer(r["objection"], r["style"], r["domain"], r["customer_line"], r["answer"]) for r in lines]
    scorer().score(answers[0])
    started = time.monotonic()
    scores = [row_of(score) for score in scorer().score_many(answers)]
    seconds = time.monotonic() - started
    guess = np.array([score["score"] for score in scores]) / POINTS_A_GRADE
    grades = np.array([row["grade"] for row in lines])
    f1 = {kind: _f1_of_lists([s[kind] for s in scores], [r[kind] for r in lines]) for kind in ("techniques", "faults")}
    print(f"{path.name}: {len(lines)} answers, {200 * seconds / len(lines):.1f} s for 200")
    print(_line(guess, grades, [str(row["situation"]) for row in lines], np.array([len(r["answer"]) for r in lines])))
    print("  ".join(f"{kind}, F1 {value:.3f}" for kind, value in f1.items()))


def _f1_of_lists(found: Sequence[list[str]], true: Sequence[list[str]]) -> float:
    right = sum(len(set(one) & set(other)) for one, other in zip(found, true, strict=True))
    return 2 * right / max(1, sum(map(len, found)) + sum(map(len, true)))


if __name__ == "__main__":
    main(sys.argv[1:])
