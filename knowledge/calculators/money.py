"""Amounts of money as reps type them: 50万, 3.5w, 三十万, 1,200元; always with their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge.calculators.data import MoneyRules, calculators

TEN_THOUSAND, HUNDRED_MILLION = Decimal(10**4), Decimal(10**8)


@dataclass(frozen=True)
class Amount:
    """An amount in yuan and where it stands in the text; None for a number without a unit."""

    yuan: Decimal | None
    start: int
    end: int


def amounts(text: str) -> list[Amount]:
    """Every number of a text that can be money, in order. Shares (30%) are none.

    A number that touches another one (3万5) has no clear value: it counts as one without a unit.
    """
    rules = calculators().money
    found = [_amount(match, rules) for match in _pattern().finditer(text)]
    return [amount for amount in found if amount is not None]


def is_foreign(text: str) -> bool:
    """Whether the text names a currency that is not converted."""
    return any(name in text for name in calculators().money.foreign)


def spoken(yuan: Decimal) -> str:
    """An amount for reading, rounded to the cent and then in the unit that suits it: 3648000 → “364.8 万元”."""
    unit, divisor = ("亿元", HUNDRED_MILLION) if yuan >= HUNDRED_MILLION else ("万元", TEN_THOUSAND)
    if yuan < TEN_THOUSAND:
        unit, divisor = "元", Decimal(1)
    return f"{plain(yuan / divisor)} {unit}"


def plain(number: Decimal) -> str:
    """A number without needless zeros, at most two decimals, thousands apart."""
    rounded = number.quantize(Decimal("0.01")).normalize()
    return f"{rounded:,f}"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """A number, its unit, and what follows at once that makes it unclear or a share."""
    rules = calculators().money
    chinese = "".join((*rules.digits, *rules.tens))
    units = "|".join(sorted(map(re.escape, rules.units), key=len, reverse=True))
    return re.compile(
        rf"(?P<sign>[-－负]?)(?P<number>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{chinese}]+(?=\s*(?:{units})))\s*"
        rf"(?P<unit>{units})?(?P<tail>\d(?![\d.]*\s*%)|\s*%|成把握)?",
        re.IGNORECASE,
    )


def _amount(match: re.Match[str], rules: MoneyRules) -> Amount | None:
    tail = (match["tail"] or "").strip()
    if tail and not tail.isdigit():
        return None
    if match["unit"] is None or tail:
        return Amount(None, *match.span())
    number = re.sub("[,，]", "", match["number"])
    value = Decimal(number) if number[0].isdigit() else _chinese(number, rules)
    sign = -1 if match["sign"] else 1
    return Amount(sign * value * rules.units[match["unit"].lower()], *match.span())


def _chinese(number: str, rules: MoneyRules) -> Decimal:
    """Up to 9,999 in characters: 三百五十 → 350, 十二 → 12."""
    total = digit = 0
    for character in number:
        if character in rules.tens:
            total += (digit or 1) * rules.tens[character]
            digit = 0
        else:
            digit = rules.digits[character]
    return Decimal(total + digit)
