"""The graded answers: enough of every kind, and none that stands in the evaluation files."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from rapidfuzz import process
from rapidfuzz.distance import Indel

from knowledge.language import normalise
from knowledge.loader import FOLDER, knowledge
from knowledge.scoring.graded import graded_answers, phrases
from knowledge.scoring.rubric import rubrics

EVALUATION = FOLDER.parent.parent / "shared" / "eval" / "drill_dev.jsonl"
TOO_SIMILAR = 0.85
LEAST_ANSWERS = 800


def test_there_are_answers_of_every_quality_for_every_objection() -> None:
    found = Counter((entry.answer.objection, round(entry.grade)) for entry in graded_answers())
    assert found.total() >= LEAST_ANSWERS
    assert {objection for objection, _ in found} == knowledge().objections.keys()
    assert [pair for name in knowledge().objections for pair in [(name, 0), (name, 4)] if not found[pair]] == []


def test_no_answer_stands_twice() -> None:
    texts = Counter((entry.answer.customer_line, entry.answer.text) for entry in graded_answers())
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_fault_and_many_techniques_have_examples() -> None:
    assert {phrase.fault for phrase in phrases()} - {""} == rubrics().faults.keys()
    assert len({phrase.technique for phrase in phrases()}) > 30


@pytest.mark.skipif(not EVALUATION.is_file(), reason=f"needs the evaluation file: ../shared/eval/{EVALUATION.name}")
def test_nothing_learnt_is_near_an_evaluation_answer() -> None:
    rows = [json.loads(line) for line in EVALUATION.read_text(encoding="utf-8").splitlines() if line.strip()]
    known = sorted({normalise(row[key]) for row in rows for key in ("answer", "customer_line")})
    ours = [entry.answer.text for entry in graded_answers()] + [phrase.text for phrase in phrases()]
    ours += [entry.answer.customer_line for entry in graded_answers()]
    likeness = process.cdist(
        [normalise(text) for text in ours], known, scorer=Indel.normalized_similarity, score_cutoff=TOO_SIMILAR
    )
    near = [ours[place] for place in likeness.max(axis=1).nonzero()[0]]
    assert not near, "write others:\n" + "\n".join(near)
