"""The card at the end of a drill, rebuilt from what was kept, managers' verdicts included."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._drill import OTHER, customer_of, speak, state_of
from dialogues.actions._reply import payload
from knowledge.drill.card import Card, Graded, Point, card, from_data
from knowledge.drill.data import words
from knowledge.scoring import CheckResult, Score
from store import attempts
from store.attempts import Kept
from store.database import database
from store.drills import Drill

MARKS = {"yes": "✅", "partly": "🔶", "no": "❌"}
STOPPED = "stopped"
# So much of the rep's words fits on a line of the card; the rest is behind “为什么？”.
EVIDENCE_CHARACTERS = 14


def graded(kept: Kept) -> Graded | None:
    """A kept answer with its score as it stands now; None where nothing was scored or the words are deleted."""
    if kept.total is None or not kept.words:
        return None
    now = attempts.checks_of(database(), kept.id)
    score = from_data(kept.words["score"])

    def current(results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        return tuple(replace(r, verdict=now[r.id].verdict, points=now[r.id].points) for r in results)

    faults = tuple(fault for fault in current(score.faults) if fault.verdict != "no")
    return Graded(kept.id, kept.turn, replace(score, total=kept.total, checks=current(score.checks), faults=faults))


def of_drill(drill: Drill) -> Card | None:
    """The card of a drill; None where none of its answers was scored."""
    scored = [one for one in map(graded, attempts.of_drill(database(), drill.id)) if one]
    return card(scored) if scored else None


def total_with(drill: Drill, turn: int, score: Score) -> int | None:
    """The total of a drill that ends with one more answer; None where none of them was scored."""
    scored = [one for one in map(graded, attempts.of_drill(database(), drill.id)) if one]
    last = [] if score.unscorable else [Graded(0, turn, score)]
    return card([*scored, *last]).total if scored or last else None


def show(dispatcher: CollectingDispatcher, drill: Drill, gain: str | None = None) -> None:
    """Say the card of a drill; `gain` is a line on what a retry brought."""
    found, state, scenario = of_drill(drill), state_of(drill.state), customer_of(drill)
    number = str(drill.id)
    if found is None:
        _show_unscored(dispatcher, drill)
        return
    speak(
        dispatcher,
        "utter_drill_card",
        state,
        scenario.sources,
        gain=gain,
        outcome=words().outcomes.get(state.reaction, words().outcomes[STOPPED]),
        total=found.total,
        checks="\n".join(map(_line, found.checks)),
        faults="、".join(fault_line(point.result) for point in found.faults),
        better=f"{found.gain.title}：{found.gain.better}" if found.gain else None,
        concern=scenario.hidden.concern,
        budget=scenario.budget,
        turn=found.retry,
        retry_button=payload("retry_turn", drill=number, turn=found.retry),
        model_button=payload("show_model", drill=number),
        explain_button=payload("explain_score", drill=number),
        other_button=OTHER,
    )


def fault_line(result: CheckResult) -> str:
    """A fault and what it cost."""
    return words().cost.format(title=result.title, cost=round(-result.points))


def one_line(text: str) -> str:
    """The rep's words on one line; an empty line would cut the message in two."""
    return " ".join(text.split())


def _line(point: Point) -> str:
    result = point.result
    evidence = one_line(result.evidence).strip("，。,、 ")
    short = evidence if len(evidence) <= EVIDENCE_CHARACTERS else evidence[: EVIDENCE_CHARACTERS - 1] + "…"
    return f"{MARKS[result.verdict]} {result.title}" + (f"：“{short}”" if short else "")


def _show_unscored(dispatcher: CollectingDispatcher, drill: Drill) -> None:
    kept = attempts.of_drill(database(), drill.id)
    if not kept or not kept[-1].words:
        dispatcher.utter_message(response="utter_no_score")
        return
    number = str(drill.id)
    speak(
        dispatcher,
        "utter_drill_nothing_scored",
        state_of(drill.state),
        reason=kept[-1].words["score"]["feedback"],
        retry_button=payload("retry_turn", drill=number, turn=1),
        model_button=payload("show_model", drill=number),
        other_button=OTHER,
    )
