"""A product card as it travels: checked texts by field, and what can be read out of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

# Between the entries of a list as it is kept; more ways are read (`checking.py`).
JOINT = "；"
NUMBERS = ("1", "2", "3")


@dataclass(frozen=True)
class Strength:
    """What the product does better, and what proves it."""

    text: str
    proof: str


@dataclass(frozen=True)
class Competitor:
    """Another supplier, and the difference that a customer can check."""

    name: str
    difference: str


@dataclass(frozen=True)
class Promotion:
    """An offer to everybody; `end` is its last day."""

    text: str
    end: date


@dataclass(frozen=True)
class Card:
    """One product: `values` are checked texts by field of the sheet; what was left out is absent."""

    id: int
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """As customers see it."""
        return self.values.get("name", "")

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then what else reps call it."""
        return (self.name, *self._list("aliases"))

    @property
    def price(self) -> tuple[Decimal, str] | None:
        """Amount and unit: (128, 元/平米)."""
        amount, _, unit = self.values.get("price", "").partition(" ")
        return (Decimal(amount), unit) if amount else None

    @property
    def years(self) -> int | None:
        """How long it serves."""
        return int(self.values["years"]) if "years" in self.values else None

    @property
    def strengths(self) -> tuple[Strength, ...]:
        """The strongest first."""
        return tuple(Strength(*pair) for pair in self._pairs("strength", "proof"))

    @property
    def competitors(self) -> tuple[Competitor, ...]:
        """Those named most first."""
        return tuple(Competitor(*pair) for pair in self._pairs("competitor", "difference"))

    @property
    def promotions(self) -> tuple[Promotion, ...]:
        """All of them, the one that ends first in front."""
        found = [Promotion(text, date.fromisoformat(end)) for text, end in self._pairs("promotion", "promotion_end")]
        return tuple(sorted(found, key=lambda promotion: promotion.end))

    def in_force(self, today: date) -> tuple[Promotion, ...]:
        """The promotions that still hold today; the last day counts."""
        return tuple(promotion for promotion in self.promotions if promotion.end >= today)

    @property
    def services(self) -> tuple[str, ...]:
        """Promises that are kept."""
        return self._list("services")

    @property
    def warranty(self) -> str:
        """How long faults are mended; "" for not said."""
        return self.values.get("warranty", "")

    def with_values(self, values: Mapping[str, str]) -> Card:
        """The same card with other values."""
        return replace(self, values=dict(values))

    def _pairs(self, first: str, second: str) -> list[tuple[str, str]]:
        values = self.values
        return [
            (values[f"{first}_{n}"], values[f"{second}_{n}"])
            for n in NUMBERS
            if values.get(f"{first}_{n}") and values.get(f"{second}_{n}")
        ]

    def _list(self, field: str) -> tuple[str, ...]:
        return tuple(entry for entry in self.values.get(field, "").split(JOINT) if entry)
