"""What the progress screen says: numbers of one person in, picture data and what to practise out; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.learning.data import Learning


@dataclass(frozen=True)
class Report:
    """How a person is doing.

    `days` are the last days, oldest first, practised or not; `trend` totals of drills, oldest first; `skills` and
    `objections` mastery from 0 to 100 by id, without those never practised.
    """

    name: str
    drills: int
    streak: int
    days: tuple[bool, ...]
    trend: tuple[int, ...]
    skills: Mapping[str, float]
    objections: Mapping[str, float]


def weak(mastery: Mapping[str, float], below: float) -> list[str]:
    """What is mastered less than `below`, weakest first."""
    return sorted((name for name, value in mastery.items() if value < below), key=lambda name: mastery[name])


def strong(mastery: Mapping[str, float], below: float) -> list[str]:
    """What is mastered at least as well, strongest first."""
    return sorted((name for name, value in mastery.items() if value >= below), key=lambda name: -mastery[name])


def to_practise(report: Report, objections: Collection[str], numbers: Learning, count: int) -> list[str]:
    """Objections to practise next: the weakest, then those never practised."""
    never = [name for name in objections if name not in report.objections]
    return [*weak(report.objections, numbers.weak_below), *never][:count]


def picture(
    report: Report, skills: Mapping[str, str], objections: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, Any]:
    """Data for the drawing `progress`; `skills` and `objections` are titles by id, in the order of the picture."""
    return {
        "title": words["title"].format(name=report.name or words["nobody"]),
        "summary": words["summary"].format(streak=report.streak, drills=report.drills),
        "days": list(report.days),
        "trend": list(report.trend),
        "skills": [[title, report.skills.get(name)] for name, title in skills.items()],
        "objections": [[title, report.objections.get(name)] for name, title in objections.items()],
        "words": {name: words[name] for name in ("days", "trend", "skills", "objections", "empty")},
    }


def in_words(report: Report, skills: Mapping[str, str], words: Mapping[str, str]) -> str:
    """The skills as one line of text, for those who do not see the picture."""
    values = {name: report.skills.get(name) for name in skills}
    return " · ".join(
        f"{title} {words['empty'] if values[name] is None else round(values[name] or 0)}"
        for name, title in skills.items()
    )
