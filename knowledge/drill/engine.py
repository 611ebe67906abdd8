"""How the customer takes an answer and what he does next; pure, and the same for the same seed.

    first question ──→ softens · asks for details · brings the hidden concern out ──→ second objection (level 2, 3)
                  ├──→ passed over: repeats │ harmed: pushes back ──→ patience gone: leaves
                  └──→ won: buying signal ──→ a next step offered: agrees

The numbers and their reasons stand in `knowledge/drill_rules.yml`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from knowledge.drill.models import Reaction, Rules, Scenario, State

HARD = 2  # from this level on the hidden concern has to be found before he agrees
HARDEST = 3  # and at this one the second objection has to be met as well


def begin(scenario: Scenario, rules: Rules, seed: int) -> State:
    """The state when the customer has said the opening line."""
    return State(
        scenario=scenario.id,
        seed=seed,
        turn=0,
        interest=rules.start[scenario.level],
        patience=scenario.patience,
        objection=scenario.objection,
        line=scenario.opening,
        open=(scenario.objection,),
    )


def react(scenario: Scenario, rules: Rules, state: State, signals: Mapping[str, float]) -> State:
    """The state after an answer.

    Args:
        scenario: The customer.
        rules: Thresholds.
        state: Before the answer; not over.
        signals: What the scorer heard in it, 0 to 1 each; a missing one counts 0.

    Returns:
        The next state; `reaction` says what he does, `line` how he says it.
    """
    moved = _worth(rules, signals)
    felt = _felt(scenario, rules, state, moved, signals)
    reaction = _reaction(scenario, rules, felt, moved, signals)
    return _said(scenario, felt, reaction)


def face(rules: Rules, interest: int) -> str:
    """What his face shows."""
    return next((face for below, face in rules.faces if interest <= below), rules.faces[-1][1])


def _worth(rules: Rules, signals: Mapping[str, float]) -> float:
    """By how much an answer moves the interest."""
    good = sum(points * signals.get(name, 0.0) for name, points in rules.gains.items())
    bad = sum(points * signals.get(name, 0.0) for name, points in rules.losses.items())
    return good - bad - rules.expected


def _felt(scenario: Scenario, rules: Rules, state: State, moved: float, signals: Mapping[str, float]) -> State:
    """Interest, patience and open objections after the answer."""
    cap = 100 if state.revealed else rules.unrevealed_cap[scenario.level]
    if state.reaction == Reaction.BUYING_SIGNAL and signals.get("next_step", 0.0) < rules.present:
        moved -= rules.missed_signal
    interest = max(0, min(cap, round(state.interest + moved)))
    harmed = signals.get("harmful", 0.0) >= rules.present
    lost = 2 if harmed else 1 if moved <= 0 else 0
    met = moved > 0 and signals.get("technique", 0.0) >= rules.present
    still_open = tuple(name for name in state.open if not (met and name == state.objection))
    return replace(
        state, turn=state.turn + 1, interest=interest, patience=max(0, state.patience - lost), open=still_open
    )


def _reaction(scenario: Scenario, rules: Rules, felt: State, moved: float, signals: Mapping[str, float]) -> Reaction:
    """The first reaction that fits: leaving, defending himself, agreeing, opening up, then the everyday ones."""

    def has(name: str) -> bool:
        return signals.get(name, 0.0) >= rules.present

    lost = felt.patience == 0 or felt.interest < rules.leave_below
    if lost and felt.turn >= (rules.least_turns - 1 if has("harmful") else rules.least_turns):
        return Reaction.LEAVES
    if _may_agree(scenario, rules, felt) and has("next_step") and moved > 0:
        return Reaction.AGREES
    if felt.turn >= rules.most_turns:
        return Reaction.LEAVES
    if has("harmful"):
        return Reaction.PUSHES_BACK
    if has("explores") and not felt.revealed and felt.interest >= rules.reveal_at[scenario.level]:
        return Reaction.REVEALS
    if moved <= 0:
        return Reaction.PUSHES_BACK if has("technique") or has("concrete") else Reaction.REPEATS
    return _pleased(scenario, rules, felt, has("concrete"))


def _may_agree(scenario: Scenario, rules: Rules, felt: State) -> bool:
    found = felt.revealed or scenario.level < HARD
    faced = felt.raised or scenario.level < HARDEST
    late_enough = felt.turn >= rules.agree_from[scenario.level]
    return late_enough and felt.interest >= rules.agree_at[scenario.level] and found and faced


def _pleased(scenario: Scenario, rules: Rules, felt: State, concrete: bool) -> Reaction:
    """What he does after an answer that was worth something."""
    if not felt.raised and felt.turn > 1 and felt.interest >= rules.second_at[scenario.level]:
        return Reaction.RAISES_SECOND
    signalled = felt.reaction == Reaction.BUYING_SIGNAL
    if not signalled and felt.turn > 1 and felt.interest >= rules.buying_at[scenario.level]:
        return Reaction.BUYING_SIGNAL
    if concrete and felt.reaction != Reaction.ASKS_DETAILS:
        return Reaction.ASKS_DETAILS
    return Reaction.SOFTENS


def _said(scenario: Scenario, felt: State, reaction: Reaction) -> State:
    """The state once he has said it, with the objection that his line is about."""
    raised = {Reaction.REVEALS: scenario.hidden, Reaction.RAISES_SECOND: scenario.second}.get(reaction)
    lines = raised.lines if raised else scenario.lines[reaction.value]
    fresh = [line for line in lines if line not in felt.used] or list(lines)
    line = random.Random(f"{felt.seed}:{felt.turn}:{reaction.value}").choice(fresh)
    return replace(
        felt,
        reaction=reaction.value,
        line=line,
        used=(*felt.used, line),
        objection=raised.objection if raised else felt.objection,
        open=tuple(dict.fromkeys((*felt.open, raised.objection))) if raised else felt.open,
        revealed=felt.revealed or reaction is Reaction.REVEALS,
        raised=felt.raised or reaction is Reaction.RAISES_SECOND,
    )
