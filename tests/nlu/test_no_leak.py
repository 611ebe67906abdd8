"""No training sentence is a copy of an evaluation sentence, where the evaluation folder lies beside the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rapidfuzz import process
from rapidfuzz.distance import Indel

from knowledge.language import normalise
from nlu.check import DATA, ROOT, sentences

EVALUATION = ROOT.parent / "shared" / "eval"
TOO_SIMILAR = 0.85
# Even short everyday lines are left out of training, so that nobody can doubt the figures.
LONG_ENOUGH = 1


def evaluation_texts(folder: Path) -> set[str]:
    """Every text under `text` or `q` of the development files, in normal form."""
    texts = set()
    for path in sorted(folder.glob("*dev*.jsonl")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            row = json.loads(line) if line.strip() else {}
            texts |= {normalise(row[key]) for key in ("text", "q") if isinstance(row.get(key), str)}
    return {text for text in texts if len(text) >= LONG_ENOUGH}


@pytest.mark.skipif(not EVALUATION.is_dir(), reason=f"needs the evaluation folder: ../shared/{EVALUATION.name}")
def test_no_training_sentence_is_near_an_evaluation_sentence() -> None:
    evaluation = sorted(evaluation_texts(EVALUATION))
    if not evaluation:
        pytest.skip("the evaluation folder holds no *dev*.jsonl with texts")
    training = sentences(DATA)
    likeness = process.cdist(
        [sentence.text for sentence in training],
        evaluation,
        scorer=Indel.normalized_similarity,
        score_cutoff=TOO_SIMILAR,
    )
    near = [f"{training[i].file}: {training[i].text}" for i in likeness.max(axis=1).nonzero()[0]]
    assert not near, f"{len(near)} sentences are too near an evaluation sentence; write others:\n" + "\n".join(near)
