"""The forecast of the material: what is sold already plus, stage by stage, amounts times win rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from knowledge.calculators.data import calculators
from knowledge.calculators.deals import Deal


@dataclass(frozen=True)
class Step:
    """The deals of one win rate; `amount` and `expected` in yuan, `rate` in percent."""

    title: str
    rate: Decimal
    deals: int
    amount: Decimal

    @property
    def expected(self) -> Decimal:
        """What the stage adds to the forecast."""
        return self.amount * self.rate / 100


@dataclass(frozen=True)
class Forecast:
    """Steps from the lowest win rate to the highest; `done` in yuan."""

    steps: tuple[Step, ...]
    done: Decimal

    @property
    def open(self) -> Decimal:
        """All deals under way, unweighted."""
        return sum((step.amount for step in self.steps), Decimal(0))

    @property
    def expected(self) -> Decimal:
        """All deals under way, weighted."""
        return sum((step.expected for step in self.steps), Decimal(0))

    @property
    def total(self) -> Decimal:
        """The forecast."""
        return self.done + self.expected


def forecast(deals: Iterable[Deal]) -> Forecast:
    """The forecast of some deals.

    Source: S1-32, formula; S1-31, win rates (docs/decisions.md tells which stage is put to which of them).
    """
    deals = list(deals)
    open_deals = [deal for deal in deals if deal.rate < 100]
    steps = tuple(_step(rate, open_deals) for rate in sorted({deal.rate for deal in open_deals}))
    return Forecast(steps, sum((deal.amount for deal in deals if deal.rate == 100), Decimal(0)))


def _step(rate: Decimal, deals: list[Deal]) -> Step:
    own = [deal.amount for deal in deals if deal.rate == rate]
    title = next((stage.title for stage in calculators().forecast.stages if stage.rate == rate), "")
    return Step(title, rate, len(own), sum(own, Decimal(0)))
