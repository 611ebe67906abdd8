"""Puts a score together: guard, reading, points by the rubric, words for the rep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from knowledge.loader import knowledge
from knowledge.models import Knowledge
from knowledge.scoring import cues
from knowledge.scoring.feedback import feedback, model_answer
from knowledge.scoring.guard import unscorable
from knowledge.scoring.rubric import CONDUCT, FULL_MARKS, Check, Fault, Rubrics, rubrics
from knowledge.scoring.values import Answer, CheckResult, Mark, Reading, Score

Reader = Callable[[Answer], Reading]
# From these values on, a check is met, or met in part; a fault or technique counts as found.
YES = 0.66
PARTLY = 0.33
FOUND = 0.5
MOST_TECHNIQUES = 3
# What hurts the person across the table, and not only the deal.
HARMFUL = ("argues", "disparages_competitor", "dishonest", "pushy", "negative_words")


class Scorer:
    """Scores answers by the rubrics; the same answer always gets the same score."""

    def __init__(self, known: Knowledge, rubrics: Rubrics, reader: Reader) -> None:
        self._known = known
        self._rubrics = rubrics
        self._reader = reader

    def score(self, answer: Answer) -> Score:
        """The score of one answer.

        Raises:
            KeyError: The objection or style is unknown.
        """
        model = model_answer(answer, self._known)
        reason = unscorable(answer, self._tips(answer.objection))
        if reason:
            return self._refused(reason, model)
        reading = self._reader(answer)
        faults = self._faults(reading)
        checks = self._checks(answer, reading, faults)
        gain = _best_gain(checks, faults)
        total = max(0, min(FULL_MARKS, round(sum(check.points for check in checks))))
        return Score(
            total=total,
            checks=checks,
            techniques=_techniques(reading),
            faults=faults,
            best_gain=gain,
            feedback=feedback(total, checks, gain, self._rubrics),
            model_answer=model,
            signals=_signals(reading),
        )

    def score_many(self, answers: Iterable[Answer]) -> list[Score]:
        """Scores in the order of the answers."""
        return [self.score(answer) for answer in answers]

    def _tips(self, objection: str) -> list[str]:
        """What the coach itself offers to say to this objection."""
        offered = self._known.objections[objection]
        styles = self._known.style_words[objection].values()
        return [offered.ask_first, *(use.say for use in offered.techniques), *(use.say for use in styles)]

    def _refused(self, reason: str, model: str) -> Score:
        missing = dict.fromkeys(("acknowledges", "explores", "technique", "concrete", "fits_style", "next_step"), 0.0)
        signals = {**missing, "harmful": 0.0, "empty": 1.0, "off_topic": float(reason == "not_chinese")}
        return Score(0, (), (), (), None, self._rubrics.unscorable[reason], model, reason, signals)

    def _faults(self, reading: Reading) -> tuple[CheckResult, ...]:
        found = [
            _fault(self._rubrics.faults[name], mark) for name, mark in reading.faults.items() if mark.value >= FOUND
        ]
        return tuple(sorted(found, key=lambda result: result.points))

    def _checks(self, answer: Answer, reading: Reading, faults: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
        cost = sum(fault.points for fault in faults)
        return tuple(
            _conduct(check, cost, faults) if check.id == CONDUCT else _check(check, reading.checks[check.id])
            for check in self._rubrics.checks[answer.objection]
        )


def _check(check: Check, mark: Mark) -> CheckResult:
    verdict = "yes" if mark.value >= YES else "partly" if mark.value >= PARTLY else "no"
    evidence = mark.evidence if verdict != "no" else ""
    points = round(check.weight * mark.value)
    return CheckResult(
        check.id, check.title, verdict, evidence, points, check.weight, check.why, check.sources, check.better
    )


def _conduct(check: Check, cost: float, faults: Sequence[CheckResult]) -> CheckResult:
    """Full points where no fault was found; with grave ones fewer than none, so that nothing else makes up for them."""
    points = check.weight + cost
    verdict = "yes" if not faults else "partly" if points > 0 else "no"
    evidence = faults[0].evidence if faults else ""
    return CheckResult(
        check.id, check.title, verdict, evidence, points, check.weight, check.why, check.sources, check.better
    )


def _fault(fault: Fault, mark: Mark) -> CheckResult:
    return CheckResult(
        fault.id, fault.title, "yes", mark.evidence, -fault.cost, 0, fault.why, fault.sources, fault.better
    )


def _best_gain(checks: Sequence[CheckResult], faults: Sequence[CheckResult]) -> CheckResult | None:
    """The one thing to do better: the gravest fault if it costs most, else the check with most points left."""
    open_checks = [check for check in checks if check.verdict != "yes" and check.id != CONDUCT]
    options = [*faults, *open_checks]
    return max(options, key=lambda result: result.max_points - result.points, default=None)


def _techniques(reading: Reading) -> tuple[str, ...]:
    found = [(mark.value, name) for name, mark in reading.techniques.items() if mark.value >= FOUND]
    return tuple(name for _, name in sorted(found, key=lambda pair: -pair[0])[:MOST_TECHNIQUES])


def _signals(reading: Reading) -> dict[str, float]:
    faults = {name: mark.value for name, mark in reading.faults.items()}
    return {
        **{name: round(mark.value, 4) for name, mark in reading.checks.items()},
        "harmful": round(max(faults[name] for name in HARMFUL), 4),
        "empty": round(faults["empty"], 4),
        "off_topic": round(max(faults["off_topic"], faults["no_answer"]), 4),
    }


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """The product's scorer, made once a process."""
    return Scorer(knowledge(), rubrics(), cues.read)
