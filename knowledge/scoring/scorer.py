"""Puts a score together: guard, reading, points by the rubric, words for the rep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.loader import knowledge
from knowledge.models import Knowledge
from knowledge.scoring.artefact import load_reader, train
from knowledge.scoring.feedback import feedback, model_answer
from knowledge.scoring.guard import unscorable
from knowledge.scoring.points import conduct_points, rounded, shared_out
from knowledge.scoring.rubric import CONDUCT, Check, Fault, Rubrics, rubrics
from knowledge.scoring.values import Answer, CheckResult, Mark, Reading, Score

Reader = Callable[[Sequence[Answer]], list[Reading]]
# From these values on, a check is met, or met in part; a fault or technique counts as found.
YES = 0.66
PARTLY = 0.33
FOUND = 0.5
MOST_TECHNIQUES = 3
MOST_FAULTS = 4
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
        return self.score_many([answer])[0]

    def score_many(self, answers: Iterable[Answer]) -> list[Score]:
        """Scores in the order of the answers; many at once are read faster than one by one."""
        refused = [(answer, unscorable(answer, self._tips(answer.objection))) for answer in answers]
        readings = iter(self._reader([self._as_learnt(answer) for answer, reason in refused if not reason]))
        return [
            self._refused(answer, reason) if reason else self._scored(answer, next(readings))
            for answer, reason in refused
        ]

    def _as_learnt(self, answer: Answer) -> Answer:
        """The answer as one to an objection that the reader has learnt."""
        return replace(answer, objection=self._known.objections[answer.objection].scored_as)

    def _scored(self, answer: Answer, reading: Reading) -> Score:
        faults, checks = self._judged(answer, reading)
        gain = _best_gain(checks, faults)
        total = max(0, sum(int(check.points) for check in checks))
        return Score(
            total=total,
            checks=checks,
            techniques=_techniques(reading),
            faults=faults,
            best_gain=gain,
            feedback=feedback(total, checks, gain, self._rubrics),
            model_answer=model_answer(answer.objection, answer.style, self._known),
            signals=_signals(reading),
        )

    def _tips(self, objection: str) -> list[str]:
        """What the coach itself offers to say to this objection."""
        offered = self._known.objections[objection]
        styles = self._known.style_words[objection].values()
        return [offered.ask_first, *(use.say for use in offered.techniques), *(use.say for use in styles)]

    def _refused(self, answer: Answer, reason: str) -> Score:
        model = model_answer(answer.objection, answer.style, self._known)
        missing = dict.fromkeys(("acknowledges", "explores", "technique", "concrete", "fits_style", "next_step"), 0.0)
        signals = {**missing, "harmful": 0.0, "empty": 1.0, "off_topic": float(reason == "not_chinese")}
        return Score(0, (), (), (), None, self._rubrics.unscorable[reason], model, reason, signals)

    def _judged(self, answer: Answer, reading: Reading) -> tuple[tuple[CheckResult, ...], tuple[CheckResult, ...]]:
        """Faults and checks with points that add up to the reader's total."""
        rubric = self._rubrics.checks[self._as_learnt(answer).objection]
        conduct = next(check for check in rubric if check.id == CONDUCT)
        others = [check for check in rubric if check.id != CONDUCT]
        marks = [reading.checks[check.id].value for check in others]
        found = self._found(reading, conduct.weight)
        shown = round(sum(check.weight * mark for check, mark in zip(others, marks, strict=True)))
        kept = conduct_points(conduct.weight, reading.total, shown, len(found))
        points = shared_out([check.weight for check in others], marks, reading.total - kept)
        faults = _faults(found, reading, conduct.weight - kept)
        results = {
            check.id: _check(check, reading.checks[check.id], own) for check, own in zip(others, points, strict=True)
        }
        results[CONDUCT] = _conduct(conduct, kept, faults)
        return faults, tuple(results[check.id] for check in rubric)

    def _found(self, reading: Reading, conduct: int) -> list[Fault]:
        """Faults beyond their threshold, likeliest first; the likeliest of all where so few points need a reason."""
        likely = sorted(reading.faults, key=lambda name: -reading.faults[name].value)
        found = [name for name in likely if reading.faults[name].value >= FOUND][:MOST_FAULTS]
        if not found and reading.total < conduct:
            found = likely[:1]
        return [self._rubrics.faults[name] for name in found]


def _check(check: Check, mark: Mark, points: int) -> CheckResult:
    share = points / check.weight
    verdict = "yes" if share >= YES else "partly" if share >= PARTLY else "no"
    evidence = mark.evidence if verdict != "no" else ""
    return CheckResult(
        check.id, check.title, verdict, evidence, points, check.weight, check.why, check.sources, check.better
    )


def _conduct(check: Check, points: int, faults: Sequence[CheckResult]) -> CheckResult:
    """Full points where no fault was found; with grave ones fewer than none, so that nothing else makes up for them."""
    verdict = "yes" if not faults else "partly" if points > 0 else "no"
    evidence = faults[0].evidence if faults else ""
    return CheckResult(
        check.id, check.title, verdict, evidence, points, check.weight, check.why, check.sources, check.better
    )


def _faults(found: Sequence[Fault], reading: Reading, lost: int) -> tuple[CheckResult, ...]:
    """The faults with what each cost of the points that conduct has lost, the dearest first."""
    whole = sum(fault.cost for fault in found)
    costs = rounded([lost * fault.cost / whole for fault in found], lost)
    results = [_fault(fault, reading.faults[fault.id], cost) for fault, cost in zip(found, costs, strict=True)]
    return tuple(sorted(results, key=lambda result: result.points))


def _fault(fault: Fault, mark: Mark, cost: int) -> CheckResult:
    return CheckResult(fault.id, fault.title, "yes", mark.evidence, -cost, 0, fault.why, fault.sources, fault.better)


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


def scorer() -> Scorer:
    """The scorer for what the coach knows now."""
    return Scorer(knowledge(), rubrics(), _reader())


@lru_cache(maxsize=1)
def _reader() -> Reader:
    """The product's reader, loaded once a process."""
    return load_reader(train())
