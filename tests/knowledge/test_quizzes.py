"""The quiz questions: enough of every kind, fair to guess at, within Telegram's limits; faults are reported."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from knowledge.learning.data import load_quizzes, quizzes
from knowledge.models import Knowledge, Style
from knowledge.problems import KnowledgeError
from tests.knowledge.conftest import SmallKnowledge

ALL = list(quizzes().values())
FILE = "quizzes/techniques.yml"


def test_there_are_enough_of_every_kind(known: Knowledge) -> None:
    assert len(ALL) >= 80
    kinds = Counter(quiz.kind for quiz in ALL)
    assert kinds.keys() == {"technique", "style", "avoid", "next", "signal"}
    assert min(kinds.values()) >= 10
    assert {quiz.objection for quiz in ALL} - {""} == known.objections.keys()
    assert {quiz.style for quiz in ALL} - {""} == {style.value for style in Style}


@pytest.mark.parametrize("quiz", ALL, ids=lambda quiz: quiz.id)
def test_the_options_look_alike(quiz: object) -> None:
    lengths = [len(option) for option in (quiz.right, *quiz.wrong)]  # type: ignore[attr-defined]
    assert max(lengths) - min(lengths) <= 4


def test_the_longest_option_is_no_hint() -> None:
    longest = [len(quiz.right) > max(map(len, quiz.wrong)) for quiz in ALL]
    assert mean(longest) < 0.35, "guessing the longest would do better than chance"


def test_no_question_stands_there_twice() -> None:
    assert len({quiz.question + quiz.right for quiz in ALL}) == len(ALL)


def test_names_of_techniques_among_the_options_exist(known: Knowledge) -> None:
    names = {technique.name for technique in known.techniques.values()}
    for quiz in ALL:
        if quiz.kind == "technique":
            assert {quiz.right, *quiz.wrong} <= names
            assert known.techniques[quiz.technique].name == quiz.right


def the_problem(folder: Path, known: Knowledge) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load_quizzes(folder, known)
    [problem] = caught.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        (
            "technique",
            "magic",
            "names_breakdown.technique: 'magic' is unknown; use a file name of knowledge/techniques/",
        ),
        ("objection", "magic", "names_breakdown.objection: 'magic' is unknown"),
        ("sources", ["S9-99"], "source 'S9-99' does not exist"),
        ("wrong", ["拆散法", "比较法"], "the right option is among the wrong ones"),
        ("explanation", "长" * 201, "shorten it to 200 characters (now 201)"),
        ("id", "names_echo", "'names_echo' is used in knowledge/quizzes/techniques.yml too"),
        ("hint", "x", "remove or rename the key"),
    ],
)
def test_a_fault_is_named_with_its_fix(
    small: SmallKnowledge, known: Knowledge, key: str, value: object, message: str
) -> None:
    small.copy_file(FILE)
    small.edit(FILE, lambda content: content["quizzes"][0].update({key: value}))
    assert message in the_problem(small.folder, known)
