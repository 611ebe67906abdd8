"""Grades of customers: by amount, and the vital few of the 80/20 rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from knowledge.calculators.data import Level, calculators
from knowledge.calculators.deals import Customer


@dataclass(frozen=True)
class Graded:
    """A customer with the grade; `on_edge` where the amount is exactly the least of a level."""

    customer: Customer
    level: Level
    on_edge: bool


@dataclass(frozen=True)
class VitalFew:
    """The largest customers: how many are 20 % of all, their share of the amount in percent, how many bring 80 %."""

    few: int
    share: Decimal
    enough: int


def grade(customer: Customer) -> Graded:
    """The grade by amount. Source: S1-42."""
    levels = calculators().grades.levels
    level = next(level for level in levels if customer.amount >= level.least)
    return Graded(customer, level, customer.amount == level.least)


def vital_few(customers: Sequence[Customer]) -> VitalFew:
    """What the largest of at least one customer bring; a started customer counts whole. Source: S1-41."""
    rules = calculators().grades
    amounts = sorted((customer.amount for customer in customers), reverse=True)
    total = sum(amounts, Decimal(0))
    few = int((Decimal(len(amounts)) * rules.vital_share / 100).to_integral_value(ROUND_CEILING))
    enough = next(n for n in range(1, len(amounts) + 1) if sum(amounts[:n]) * 100 >= total * rules.result_share)
    return VitalFew(few, sum(amounts[:few], Decimal(0)) * 100 / total, enough)
