"""The customer of a drill: good answers win him in three to six turns, useless and harmful ones lose him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from knowledge.drill.data import rules, scenarios
from knowledge.drill.engine import begin, face, react
from knowledge.drill.models import Reaction, Scenario, State

GOOD = {
    "acknowledges": 0.9, "explores": 0.9, "technique": 0.9, "concrete": 0.8, "fits_style": 0.8, "next_step": 0.8,
}  # fmt: skip
# No question in it: the concern stays hidden.
TELLS_ONLY = {**GOOD, "explores": 0.0}
NICE = {"acknowledges": 1.0}
EMPTY = {"empty": 1.0}
OFF_TOPIC = {"off_topic": 1.0}
RUDE = {"harmful": 1.0}
ALL = list(scenarios().values())
EASY = scenarios()["expensive_tutoring_amiable"]
MIDDLE = scenarios()["expensive_home_driver"]
HARD = scenarios()["expensive_car_contrarian"]


def talk(scenario: Scenario, signals: Mapping[str, float], seed: int = 1) -> list[State]:
    """The states from the opening to the end when every answer is alike."""
    states = [begin(scenario, rules(), seed)]
    while not states[-1].over:
        states.append(react(scenario, rules(), states[-1], signals))
    return states


def reactions(states: list[State]) -> list[str]:
    return [state.reaction for state in states[1:]]


def after(scenario: Scenario, *answers: Mapping[str, float]) -> State:
    state = begin(scenario, rules(), 1)
    for signals in answers:
        state = react(scenario, rules(), state, signals)
    return state


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.id)
def test_the_good_seller_wins_every_customer(scenario: Scenario) -> None:
    states = talk(scenario, GOOD)
    assert states[-1].reaction == Reaction.AGREES
    assert rules().least_turns <= states[-1].turn <= rules().most_turns


@pytest.mark.parametrize("answer", [EMPTY, OFF_TOPIC, RUDE, NICE, {}], ids=["empty", "off", "rude", "nice", "nothing"])
@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.id)
def test_useless_answers_lose_every_customer(scenario: Scenario, answer: Mapping[str, float]) -> None:
    states = talk(scenario, answer)
    assert states[-1].reaction == Reaction.LEAVES
    assert states[-1].turn <= 5


def test_the_same_seed_tells_the_same_story() -> None:
    assert talk(HARD, GOOD, seed=5) == talk(HARD, GOOD, seed=5)
    assert len({after(replace(HARD), EMPTY).line for _ in range(5)}) == 1
    lines = {react(HARD, rules(), begin(HARD, rules(), seed), EMPTY).line for seed in range(20)}
    assert lines == set(HARD.lines["repeats"])


def test_one_who_was_passed_over_says_it_again_in_other_words() -> None:
    states = talk(EASY, OFF_TOPIC)
    assert reactions(states)[:2] == [Reaction.REPEATS, Reaction.REPEATS]
    assert states[1].line != states[2].line
    assert states[2].objection == "too_expensive"


def test_harm_is_answered_and_the_second_time_he_goes() -> None:
    assert reactions(talk(MIDDLE, RUDE)) == [Reaction.PUSHES_BACK, Reaction.LEAVES]


def test_the_hidden_concern_comes_out_to_who_asks_well() -> None:
    state = after(MIDDLE, GOOD)
    assert state.reaction == Reaction.REVEALS
    assert state.line in MIDDLE.hidden.lines
    assert state.objection == MIDDLE.hidden.objection
    assert after(MIDDLE, TELLS_ONLY, TELLS_ONLY).revealed is False


def test_who_never_asks_does_not_win_a_hard_customer() -> None:
    assert talk(HARD, TELLS_ONLY)[-1].reaction == Reaction.LEAVES
    assert talk(EASY, TELLS_ONLY)[-1].reaction == Reaction.AGREES


def test_a_second_objection_comes_at_the_harder_levels_only() -> None:
    assert Reaction.RAISES_SECOND in reactions(talk(HARD, GOOD))
    assert Reaction.RAISES_SECOND not in reactions(talk(EASY, GOOD))
    raised = next(state for state in talk(HARD, GOOD) if state.reaction == Reaction.RAISES_SECOND)
    assert raised.objection == HARD.second.objection


def test_substance_makes_him_ask_for_details_and_signal_to_buy() -> None:
    kinds = reactions(talk(EASY, TELLS_ONLY))
    assert kinds[0] == Reaction.ASKS_DETAILS
    assert Reaction.BUYING_SIGNAL in kinds


def test_a_warm_answer_without_figures_softens() -> None:
    assert after(EASY, {"acknowledges": 0.9, "technique": 0.4}).reaction == Reaction.SOFTENS


def test_a_buying_signal_that_is_talked_past_cools_him() -> None:
    signalled = after(EASY, TELLS_ONLY, TELLS_ONLY)
    assert signalled.reaction == Reaction.BUYING_SIGNAL
    taken = react(EASY, rules(), signalled, {**TELLS_ONLY, "technique": 0.0})
    missed = react(EASY, rules(), signalled, {**TELLS_ONLY, "technique": 0.0, "next_step": 0.0})
    assert taken.reaction == Reaction.AGREES
    assert missed.interest < taken.interest
    assert not missed.over


def test_an_answered_objection_is_no_longer_open() -> None:
    assert after(EASY, GOOD).open == (EASY.hidden.objection,)
    assert after(EASY, EMPTY).open == ("too_expensive",)


def test_the_face_follows_the_interest() -> None:
    faces = [face(rules(), interest) for interest in range(0, 101, 10)]
    assert faces[0] == "😠"
    assert faces[-1] == "😊"
    assert len(set(faces)) == len(rules().faces)
