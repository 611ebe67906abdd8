"""The score of a whole talk: checks at their best, conduct on average, the right turn to try again."""

from __future__ import annotations

import json

from knowledge.drill.card import Graded, card, from_data, to_data
from knowledge.scoring import CheckResult, Score


def check(name: str, points: float, most: float, verdict: str = "") -> CheckResult:
    verdict = verdict or ("yes" if points == most else "no" if points <= 0 else "partly")
    return CheckResult(name, name, verdict, f"words of {name}", points, most, "why", ("S0-33",), "better")


def graded(turn: int, asked: float, acted: float, conduct: float = 30, faults: tuple[CheckResult, ...] = ()) -> Graded:
    checks = (check("explores", asked, 30), check("technique", acted, 40), check("conduct", conduct, 30))
    total = max(0, round(asked + acted + conduct))
    return Graded(10 + turn, turn, Score(total, checks, (), faults, None, "", "", None, {}))


def test_one_answer_is_its_own_card() -> None:
    found = card([graded(1, 30, 0)])
    assert (found.total, found.retry) == (60, 1)
    assert found.gain is not None
    assert found.gain.id == "technique"


def test_checks_count_at_their_best() -> None:
    found = card([graded(1, 30, 0), graded(2, 0, 40)])
    assert (found.total, found.gain, found.retry) == (100, None, 1)
    assert [(point.result.id, point.attempt) for point in found.checks] == [
        ("explores", 11), ("technique", 12), ("conduct", 11),
    ]  # fmt: skip


def test_conduct_counts_in_every_answer_and_the_faulty_turn_is_tried_again() -> None:
    pushy = check("pushy", -25, 0, "yes")
    found = card([graded(1, 0, 10), graded(2, 30, 40, 5, (pushy,)), graded(3, 30, 40)])
    assert (found.total, found.retry) == (92, 2)
    assert found.gain is not None
    assert found.gain.id == "pushy"
    assert [(point.result.id, point.attempt) for point in found.faults] == [("pushy", 12)]


def test_what_faults_cost_is_what_the_total_lacks() -> None:
    pushy, argues = check("pushy", -20, 0, "yes"), check("argues", -10, 0, "yes")
    found = card([graded(1, 30, 40, 10, (pushy,)), graded(2, 30, 40, 0, (pushy, argues))])
    assert found.total == 75
    assert [(point.result.id, point.result.points) for point in found.faults] == [("pushy", -20), ("argues", -5)]


def test_grave_faults_cost_more_than_the_conduct() -> None:
    found = card([graded(1, 30, 40, -80, (check("dishonest", -110, 0, "yes"),))])
    assert found.total == 0


def test_another_objection_counts_in_the_weights_of_the_first() -> None:
    checks = (check("explores", 10, 10), check("technique", 30, 60), check("conduct", 30, 30))
    other = Graded(12, 2, Score(70, checks, (), (), None, "", ""))
    found = card([graded(1, 0, 0), other])
    assert [point.result.points for point in found.checks] == [30, 20, 30]
    assert found.total == 80


def test_a_score_survives_keeping() -> None:
    score = graded(1, 15, 40, 5, (check("pushy", -25, 0, "yes"),)).score
    assert from_data(json.loads(json.dumps(to_data(score)))) == score
