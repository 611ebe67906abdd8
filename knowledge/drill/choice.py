"""Which customer comes next: the one that was wished for, else the easiest of those met least."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.drill.models import Scenario


@dataclass(frozen=True)
class Wish:
    """What the rep asked for; None where any will do."""

    objection: str | None = None
    style: str | None = None
    industry: str | None = None
    level: int | None = None

    def without(self, name: str) -> Wish:
        """The same wish with one thing left open."""
        return Wish(**{**self.__dict__, name: None})


# Given up in this order where no customer has everything: what was asked for first is kept longest.
GIVEN_UP = ("level", "industry", "style", "objection")


def fitting(scenarios: Iterable[Scenario], wish: Wish) -> list[Scenario]:
    """The scenarios that have everything that was wished for."""
    return [
        scenario
        for scenario in scenarios
        if all(value is None or getattr(scenario, name) == value for name, value in wish.__dict__.items())
    ]


def choose(scenarios: Iterable[Scenario], wish: Wish, met: Mapping[str, int], seed: int) -> tuple[Scenario, bool]:
    """The next customer, and whether he has everything that was wished for.

    `met` tells how often the rep has met each scenario. Where several are equal, `seed` decides.
    """
    pool = list(scenarios)
    found, exact = fitting(pool, wish), True
    for name in GIVEN_UP:
        if found:
            break
        wish, exact = wish.without(name), False
        found = fitting(pool, wish)
    order = random.Random(seed)
    order.shuffle(found)
    return min(found, key=lambda scenario: (met.get(scenario.id, 0), scenario.level)), exact
