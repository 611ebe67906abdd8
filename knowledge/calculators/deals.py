"""What a rep types about deals or customers, a line each, checked: “50万 方案阶段”, “王总 80万”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.calculators.data import Stage, calculators
from knowledge.calculators.money import Amount, amounts, is_foreign
from knowledge.language import normalise

_RATE = re.compile(r"(-?\d+(?:\.\d+)?)\s*%|([\d一二三四五六七八九十])成把握")
_SEVERAL = re.compile(r"[\d一二两三四五六七八九十]+\s*[个单笔家](?!月)")
_BETWEEN_LINES = re.compile(r"[\n；;]+")
_BETWEEN_DEALS = re.compile(r"、|[，,](?!\d{3})")
_SHOWN_CHARACTERS = 20


@dataclass(frozen=True)
class Deal:
    """An amount in yuan and its win rate in percent; 100 for one that is done."""

    amount: Decimal
    rate: Decimal


@dataclass(frozen=True)
class Customer:
    """A customer as named by the rep, and an amount in yuan."""

    name: str
    amount: Decimal


@dataclass(frozen=True)
class Mistake:
    """Why a line, or the whole, cannot be used: a key of `problems` in the rules, the line, in a table its row."""

    kind: str
    line: str = ""
    row: int | None = None

    def sentence(self) -> str:
        """What the rep reads."""
        rules = calculators()
        line = self.line if len(self.line) <= _SHOWN_CHARACTERS else self.line[:_SHOWN_CHARACTERS] + "…"
        limits = {"most": rules.most_lines, "most_rows": rules.tables.most_rows}
        problem = rules.problems[self.kind].format(line=line, **limits)
        return problem if self.row is None else rules.problems["in_row"].format(row=self.row, problem=problem)


def read_deals(text: str) -> tuple[list[Deal], list[Mistake]]:
    """The deals of a text and what is wrong with its other lines; both empty never."""
    deals, mistakes = [], []
    lines = _lines(text)
    if len(lines) > calculators().most_lines:
        return [], [Mistake("too_many")]
    for line in lines:
        found = _deal(line)
        if isinstance(found, Deal):
            deals.append(found)
        else:
            mistakes.append(Mistake(found, line))
    return deals, mistakes or ([] if deals else [Mistake("nothing")])


def read_customers(text: str) -> tuple[list[Customer], list[Mistake]]:
    """The customers of a text and what is wrong with its other lines; a line without a name gets its number as one."""
    customers, mistakes = [], []
    lines = _lines(text)
    if len(lines) > calculators().most_lines:
        return [], [Mistake("too_many")]
    for number, line in enumerate(lines, start=1):
        amount = _amount(line)
        if isinstance(amount, Amount):
            assert amount.yuan is not None
            name = re.sub(r"[\s，,：:]+", " ", line[: amount.start] + " " + line[amount.end :]).strip()
            customers.append(Customer(name[:_SHOWN_CHARACTERS] or f"#{number}", amount.yuan))
        else:
            mistakes.append(Mistake(amount, line))
    return customers, mistakes or ([] if customers else [Mistake("nothing")])


def read_amount(text: str) -> Decimal | str:
    """The one amount of a text in yuan, or the kind of mistake."""
    found = _amount(_tidy(text))
    if isinstance(found, str):
        return found
    assert found.yuan is not None
    return found.yuan


def read_deal(line: str) -> Deal | str:
    """The deal of one line, or the kind of mistake."""
    return _deal(_tidy(line))


def _lines(text: str) -> list[str]:
    """One deal a line; a line that lists several (“50万方案，30万试用”) is cut where each part has an amount."""
    lines: list[str] = []
    for line in filter(None, map(_tidy, _BETWEEN_LINES.split(text))):
        parts = [part for part in map(str.strip, _BETWEEN_DEALS.split(line)) if part]
        apart = len(parts) > 1 and all(len(amounts(part)) == 1 for part in parts)
        lines += parts if apart else [line]
    return lines


def _tidy(line: str) -> str:
    """The line in normal form, word by word: the space in “50万 30%” keeps two numbers apart."""
    return " ".join(map(normalise, line.split()))


def _deal(line: str) -> Deal | str:
    """The deal, or the kind of mistake."""
    if _SEVERAL.search(line):
        return "several_deals"
    amount = _amount(line)
    if isinstance(amount, str):
        return amount
    rate = _rate(line[: amount.start] + " " + line[amount.end :])
    assert amount.yuan is not None
    return rate if isinstance(rate, str) else Deal(amount.yuan, rate)


def _amount(line: str) -> Amount | str:
    """The one amount of a line, or the kind of mistake."""
    found = amounts(line)
    if is_foreign(line):
        return "foreign"
    if not found:
        return "no_amount"
    priced = [amount for amount in found if amount.yuan is not None]  # others count something else: “2 个月后”
    if len(priced) != 1:
        return "several_amounts" if priced else "no_unit"
    return _size(priced[0])


def _size(amount: Amount) -> Amount | str:
    assert amount.yuan is not None
    if amount.yuan <= 0:
        return "negative"
    return "too_big" if amount.yuan > calculators().money.most else amount


def _rate(words: str) -> Decimal | str:
    """The win rate that is typed, or that of the stage; or the kind of mistake."""
    typed = _RATE.search(words)
    if typed:
        rate = Decimal(typed[1]) if typed[1] else Decimal(10) * _tenths(typed[2])
        return rate if 0 <= rate <= 100 else "bad_rate"
    stages = _stages(words)
    if len(stages) > 1:
        return "several_stages"
    return stages[0].rate if stages else "no_stage"


def _tenths(character: str) -> int:
    numerals = calculators().money
    return int(character) if character.isdigit() else {**numerals.digits, **numerals.tens}[character]


def _stages(words: str) -> list[Stage]:
    """The stages named, each once; a word inside a longer one that is named too (签了 in 合同签了) does not hide it."""
    rules = calculators().forecast
    if any(word in words for word in rules.done.words):
        return [rules.done]
    return [stage for stage in rules.stages if stage.title in words or any(word in words for word in stage.words)]
