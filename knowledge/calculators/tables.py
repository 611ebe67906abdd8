"""A CSV file of customers or deals, read row by row: which column is which, and what is wrong where.

    name,amount (unit in the heading or in the cell)         → customers
    …, and a stage or a win rate                             → deals

Cells are text and nothing else: a formula is never worked out, it is a mistake of its row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.calculators.data import calculators
from knowledge.calculators.deals import Customer, Deal, Mistake, read_amount, read_deal
from knowledge.language import normalise

# What a spreadsheet takes for the start of a formula; a sign before a figure is none.
_FORMULA = re.compile(r"\s*([=@＝＠\t\r]|[+\-＋－](?![\d.]))")
_NUMBER = re.compile(r"[-－+]?\s*[\d,，]*\.?\d+")
_DELIMITERS = ",;\t，；"


@dataclass(frozen=True)
class Table:
    """What a file holds: customers, or deals where it has a column of stages; `mistakes` name their rows."""

    customers: tuple[Customer, ...] = ()
    deals: tuple[Deal, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class _Columns:
    """Places of the columns, counted from 0, and the unit that the amount's heading names."""

    amount: int
    name: int | None
    stage: int | None
    unit: str


def read_table(text: str) -> Table:
    """The customers or deals of a CSV text, and what is wrong with its other rows."""
    rows = _rows(text)
    columns = _columns(rows[0][1]) if rows else None
    if columns is None:
        return Table(mistakes=(Mistake("no_columns"),))
    body = rows[1:]
    if len(body) > calculators().tables.most_rows:
        return Table(mistakes=(Mistake("too_many_rows"),))
    return _read(body, columns)


def is_table(text: str) -> bool:
    """Whether the first row has the columns that are needed."""
    rows = _rows(text)
    return bool(rows) and _columns(rows[0][1]) is not None


def _read(body: Sequence[tuple[int, list[str]]], columns: _Columns) -> Table:
    customers, deals, mistakes = [], [], []
    for number, row in body:
        found = _deal(row, columns) if columns.stage is not None else _customer(number, row, columns)
        if isinstance(found, Customer):
            customers.append(found)
        elif isinstance(found, Deal):
            deals.append(found)
        else:
            mistakes.append(Mistake(found, " ".join(filter(None, row)), number))
    if not (customers or deals or mistakes):
        mistakes.append(Mistake("no_rows"))
    return Table(tuple(customers), tuple(deals), tuple(mistakes))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """(row as a spreadsheet counts it, cells), without empty rows."""
    first = next(filter(str.strip, text.splitlines()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []
    numbered = ((number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1))
    return [(number, row) for number, row in numbered if any(row)]


def _columns(heading: Sequence[str]) -> _Columns | None:
    """The columns by the words in their headings; None without one of amounts and one of names or stages."""
    rules, titles = calculators().tables, [normalise(cell).lower() for cell in heading]
    amount, name, stage = (_place(titles, words) for words in (rules.amount, rules.name, rules.stage))
    if amount is None or name is stage is None:
        return None
    unit = next((unit for unit in rules.units if unit in titles[amount]), "")
    return _Columns(amount, name, stage, unit)


def _place(titles: Sequence[str], words: Sequence[str]) -> int | None:
    return next((place for place, title in enumerate(titles) if any(word in title for word in words)), None)


def _customer(number: int, row: Sequence[str], columns: _Columns) -> Customer | str:
    amount = _amount(row, columns)
    if amount is None:
        return "formula"
    yuan = read_amount(amount)
    if isinstance(yuan, str):
        return yuan
    name = _FORMULA.sub("", _cell(row, columns.name))
    return Customer(name[: calculators().tables.most_name] or f"#{number}", yuan)


def _deal(row: Sequence[str], columns: _Columns) -> Deal | str:
    amount, stage = _amount(row, columns), _cell(row, columns.stage)
    if amount is None or _FORMULA.match(stage):
        return "formula"
    bare = re.fullmatch(r"\d+(\.\d+)?", stage)
    return read_deal(f"{amount} {stage}{'%' if bare else ''}")


def _amount(row: Sequence[str], columns: _Columns) -> str | None:
    """The amount with its unit; None for a formula."""
    cell = normalise(_cell(row, columns.amount)).replace("¥", "").replace("￥", "")
    if _FORMULA.match(cell):
        return None
    return f"{cell}{columns.unit}" if _NUMBER.fullmatch(cell) else cell


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
