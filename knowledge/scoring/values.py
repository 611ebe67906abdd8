"""What goes into a score and what comes out; every text is Chinese."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """What a rep said to a customer; `shown` are texts the rep has just been shown, whose copy is no answer."""

    objection: str
    style: str | None
    domain: str
    customer_line: str
    text: str
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """One check, or one fault, of an answer.

    `verdict` is "yes", "partly" or "no" (a fault that was found is "yes"); `evidence` are the rep's own words, perhaps
    none. The points of a fault are negative, out of 0.
    """

    id: str
    title: str
    verdict: str
    evidence: str
    points: float
    max_points: float
    why: str
    source: tuple[str, ...]
    better: str = ""


@dataclass(frozen=True)
class Score:
    """The verdict on one answer.

    `total` is the sum of the points of `checks`, kept between 0 and 100; what faults cost is in the points of the
    check `conduct`. `unscorable` names the reason why nothing can be said; then the total is 0 and there are no checks.
    `signals` (0 to 1) are what a customer would feel: acknowledges, explores, technique, concrete, fits_style,
    next_step, harmful, empty, off_topic.
    """

    total: int
    checks: tuple[CheckResult, ...]
    techniques: tuple[str, ...]
    faults: tuple[CheckResult, ...]
    best_gain: CheckResult | None
    feedback: str
    model_answer: str
    unscorable: str | None = None
    signals: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """How much something holds, 0 to 1, and the clause that shows it best."""

    value: float
    evidence: str = ""


@dataclass(frozen=True)
class Reading:
    """What a reader found in an answer: marks by id of check, fault and technique.

    `total` (0 to 100) is the reader's view of the whole, to which the points are made to add up.
    """

    checks: dict[str, Mark]
    faults: dict[str, Mark]
    techniques: dict[str, Mark]
    total: float
