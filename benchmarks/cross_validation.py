"""Every label read by a model that has not seen its sentences; run by `make cross-validate`.

.venv/bin/python -m benchmarks.cross_validation [--most 400] [--folds 5] [--picture docs/confusions.png]

Prints accuracy and F1 of every label and the commonest confusions; draws who is taken for whom. The test of the same
name holds a floor for each label on a smaller share of the sentences.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dialogues.quiet import quietly
from nlu.check import DATA, Sentence, sentences
from nlu.classifier import Utterance, UtteranceClassifier
from nlu.features import without_amounts
from nlu.meanings import Encode, KeptVectors
from nlu.registry import registry

MOST_CONFUSIONS = 20


@dataclass(frozen=True)
class Result:
    """One sentence: the label it stands under and the label that was read."""

    text: str
    expected: str
    read: str


def cross_validate(most: int, folds: int) -> list[Result]:
    """Read `most` training sentences of each label, evenly chosen, by models of the other folds of these sentences."""
    with quietly(), TemporaryDirectory() as folder:
        chosen = list(_chosen(most))
        encode = KeptVectors(Path(folder) / "sentences.npz")
        encode([without_amounts(sentence.text) for sentence in chosen])  # once for all folds
        return [result for fold in range(folds) for result in _fold(chosen, fold, folds, encode)]


def _chosen(most: int) -> Iterator[Sentence]:
    by_intent: dict[str, list[Sentence]] = {}
    for sentence in sentences(DATA):
        if "+" not in sentence.intent:
            by_intent.setdefault(sentence.base, []).append(sentence)
    for found in by_intent.values():
        yield from found[:: max(1, len(found) // most)][:most]


def _fold(chosen: Sequence[Sentence], fold: int, folds: int, encode: Encode) -> Iterator[Result]:
    known = registry()
    classifier = UtteranceClassifier()
    learnt = [sentence for place, sentence in enumerate(chosen) if place % folds != fold]
    classifier.fit([_utterance(sentence) for sentence in learnt], known.objections, encode)
    tested = chosen[fold::folds]
    for sentence, reading in zip(tested, classifier.read_all([sentence.text for sentence in tested]), strict=True):
        yield Result(sentence.text, known.label(sentence.base), known.label(reading.ranking[0][0]))


def _utterance(sentence: Sentence) -> Utterance:
    return Utterance(sentence.text, (sentence.base,), sentence.intent.partition("/")[2] or None)


def f1_by_label(results: Sequence[Result]) -> dict[str, float]:
    """Harmonic mean of precision and recall of each label, worst first."""
    right = Counter(result.expected for result in results if result.read == result.expected)
    expected = Counter(result.expected for result in results)
    read = Counter(result.read for result in results)
    values = {label: 2 * right[label] / (expected[label] + read[label]) for label in expected}
    return dict(sorted(values.items(), key=lambda item: item[1]))


def confusions(results: Sequence[Result]) -> list[tuple[str, str, int]]:
    """(expected, read instead, times), commonest first."""
    wrong = Counter((result.expected, result.read) for result in results if result.read != result.expected)
    return [(expected, read, times) for (expected, read), times in wrong.most_common(MOST_CONFUSIONS)]


def report(results: Sequence[Result]) -> str:
    """Accuracy, labels and confusions as text."""
    right = sum(result.read == result.expected for result in results) / len(results)
    labels = "\n".join(f"  {label:24} {value:.3f}" for label, value in f1_by_label(results).items())
    pairs = "\n".join(f"  {expected} → {read}: {times}" for expected, read, times in confusions(results))
    return f"{right:.3f} of {len(results)} sentences are read right\nF1 of each label:\n{labels}\nconfusions:\n{pairs}"


def draw(results: Sequence[Result], path: Path) -> None:
    """A picture: rows are expected labels, columns read ones, darkness the share of the row."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from sklearn.metrics import confusion_matrix

    objections = list(registry().objections)
    labels = [*objections, *sorted({result.expected for result in results} - set(objections))]
    shares = confusion_matrix(
        [result.expected for result in results], [result.read for result in results], labels=labels, normalize="true"
    )
    figure, axes = pyplot.subplots(figsize=(11, 11))
    axes.imshow(shares, cmap="Blues", vmax=0.3)  # confusions are few: full darkness at 0.3 makes them visible
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("read")
    axes.set_ylabel("expected")
    figure.tight_layout()
    figure.savefig(path, dpi=90)


def main() -> None:
    """Cross-validate, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=400, help="sentences of each label")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--picture", type=Path, help="where to draw the confusions (PNG)")
    options = parser.parse_args()
    results = cross_validate(options.most, options.folds)
    print(report(results))
    if options.picture:
        draw(results, options.picture)


if __name__ == "__main__":
    main()
