"""The daily set: what is due first, then a few new questions; small enough for five minutes."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from knowledge.learning.data import Learning, Quiz


@dataclass(frozen=True)
class DueDrill:
    """One turn on an objection, because these checks of it are due."""

    objection: str
    checks: tuple[str, ...]


@dataclass(frozen=True)
class DailySet:
    """What is left to do today: quiz ids and drills, both most urgent first."""

    quizzes: tuple[str, ...]
    drills: tuple[DueDrill, ...]

    def __len__(self) -> int:
        return len(self.quizzes) + len(self.drills)

    def minutes(self, numbers: Learning) -> int:
        """How long it takes, in whole minutes."""
        return ceil(len(self.quizzes) * numbers.quiz_minutes + len(self.drills) * numbers.drill_minutes)


def daily_set(
    due_quizzes: Sequence[str],
    due_checks: Sequence[tuple[str, str]],
    fresh: Sequence[str],
    numbers: Learning,
    done: int,
) -> DailySet:
    """Compose what is left of today's set.

    Args:
        due_quizzes: Ids, longest due first.
        due_checks: (objection, check) in the same order.
        fresh: Ids of questions that may be asked for the first time today, best first.
        numbers: How large the set is.
        done: Items that were done today; they count as part of the set.
    """
    room = max(numbers.set_items - done, 0)
    drills = _drills(due_checks)[: min(numbers.set_drills, room)]
    asked = [*due_quizzes, *fresh][: room - len(drills)]
    return DailySet(tuple(asked), tuple(drills))


def fresh_quizzes(quizzes: Iterable[Quiz], seen: Collection[str], weak: Collection[str], sender_id: str) -> list[str]:
    """Questions never asked, those on weak objections first; in an order of each person's own."""
    unseen = [quiz for quiz in quizzes if quiz.id not in seen]
    random.Random(sender_id).shuffle(unseen)
    return [quiz.id for quiz in sorted(unseen, key=lambda quiz: quiz.objection not in weak)]


def shuffled_options(quiz: Quiz, sender_id: str, times_asked: int) -> tuple[list[str], int]:
    """The options in an order that changes with every repetition, and where the right one stands, counted from 0."""
    options = [quiz.right, *quiz.wrong]
    random.Random(f"{sender_id}/{quiz.id}/{times_asked}").shuffle(options)
    return options, options.index(quiz.right)


def _drills(due_checks: Sequence[tuple[str, str]]) -> list[DueDrill]:
    """One drill an objection, in the order in which the first of its checks was due."""
    checks: dict[str, list[str]] = {}
    for objection, check in due_checks:
        checks.setdefault(objection, []).append(check)
    return [DueDrill(objection, tuple(names)) for objection, names in checks.items()]
