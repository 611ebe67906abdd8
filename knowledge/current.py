"""What a company adds to the product's knowledge, as far as it is in use in this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.drill.models import Scenario
    from knowledge.learning.data import Quiz
    from knowledge.models import Knowledge


@dataclass(frozen=True)
class Own:
    """The product's knowledge with a company's own in it; made by `knowledge/own/table`, replaced as a whole.

    `lessons` are sentences of customers by intent (`too_expensive`, `own_objection/own_…`), which the understanding
    knows only once it has learnt them.
    """

    knowledge: Knowledge
    scenarios: Mapping[str, Scenario]
    quizzes: Mapping[str, Quiz]
    lessons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_in_use: list[Own] = []


def own() -> Own | None:
    """What is in use; None where there is only the product's knowledge."""
    found = _in_use[-1:]  # one step: another thread may be taking it back
    return found[0] if found else None


def use(new: Own | None) -> None:
    """Use this from now on, for everything that is asked for after this call."""
    _in_use[:] = [new] if new else []
