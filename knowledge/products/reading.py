"""A CSV or YAML file of products → checked cards, or every fault by row; nothing in it is ever run or evaluated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from knowledge.own.files import UnreadableFile
from knowledge.own.reading import decoded
from knowledge.products.checking import Refused, checked, faults
from knowledge.products.sheet import sheet

MAX_BYTES = 128 * 1024
# So much of a bigger file tells whether it is one of products, and so is refused with the right reason.
HEAD_BYTES = 4 * 1024
MAX_PRODUCTS = 50
# As many as fit on a phone with their ways out, three lines each.
FAULTS_SHOWN = 5
CSV, YAML = ("csv",), ("yml", "yaml")
# Row 1 of a CSV file holds the columns.
FIRST_ROW = {True: 2, False: 1}
Row = tuple[int, dict[str, str]]  # its number and column → cell


class UnusableFile(Exception):
    """The file as a whole is refused; `str()` is the sentence for people."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(sheet().files[reason].format(**{"labels": _labels(), **values}))


@dataclass(frozen=True)
class Fault:
    """A value that is refused; `row` counts as a spreadsheet does, in a YAML file from 1."""

    row: int
    refused: Refused

    def __str__(self) -> str:
        where = sheet().files["row"].format(row=self.row)
        return sheet().files["fault"].format(where=where, label=self.refused.field.label, reason=self.refused)


@dataclass(frozen=True)
class Read:
    """What a file holds: the values of each product, or what is wrong with it."""

    products: tuple[dict[str, str], ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    def report(self) -> str:
        """The faults as a message."""
        words, shown = sheet().files, self.faults[:FAULTS_SHOWN]
        more = len(self.faults) - len(shown)
        tail = words["more"].format(count=more) if more else words["again"]
        return "\n".join([words["faults"].format(count=len(self.faults)), *map(str, shown), tail])


def is_of_products(name: str, content: bytes) -> bool:
    """Whether this is a file of products: a CSV or YAML file whose rows have a name; may take a second."""
    if _suffix(name) not in (*CSV, *YAML):
        return False
    looked_at = content if len(content) <= MAX_BYTES else content[:HEAD_BYTES].rpartition(b"\n")[0]
    try:
        return any("name" in map(_field_of, row) for _, row in _rows(name, looked_at))
    except (UnusableFile, UnreadableFile):
        return False


def read(name: str, content: bytes, today: date) -> Read:
    """Check every row; may take a second.

    Raises:
        UnusableFile: It is too big, cannot be read, or has no row or column of products.
    """
    if len(content) > MAX_BYTES:
        raise UnusableFile("too_big")
    rows = _rows(name, content)
    if not rows:
        raise UnusableFile("no_products")
    if len(rows) > MAX_PRODUCTS:
        raise UnusableFile("too_many", count=len(rows), most=MAX_PRODUCTS)
    unknown = next((column for _, row in rows for column in row if column and not _field_of(column)), None)
    if unknown:
        raise UnusableFile("unknown_column", column=unknown[:20])
    return _checked(rows, today)


def template() -> bytes:
    """A CSV file with all columns and an example row; the mark in front is how spreadsheets know UTF-8."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(field.label for field in sheet().fields.values())
    writer.writerow(field.example for field in sheet().fields.values())
    return table.getvalue().encode("utf-8-sig")


def _checked(rows: Sequence[Row], today: date) -> Read:
    products: list[dict[str, str]] = []
    found: list[Fault] = []
    for number, row in rows:
        values, refused = _values(row, today)
        known = {product.get("name", "").lower() for product in products}
        if values.get("name", "").lower() in known - {""}:
            refused.append(Refused(sheet().fields["name"], "twice", values["name"]))
        found += [Fault(number, one) for one in refused]
        products.append(values)
    return Read(faults=tuple(found)) if found else Read(tuple(products))


def _values(row: Mapping[str, str], today: date) -> tuple[dict[str, str], list[Refused]]:
    """The checked values of a row, and what is refused of it; each field at most once."""
    values: dict[str, str] = {}
    refused: list[Refused] = []
    for column, typed in row.items():
        name = _field_of(column)
        if not name or not typed.strip():
            continue
        try:
            values[name] = checked(name, typed, today)
        except Refused as error:
            refused.append(error)
    wrong = {error.field.id for error in refused}
    seen = values | dict.fromkeys(wrong, "")
    return values, refused + [fault for fault in faults(seen) if fault.field.id not in wrong]


def _rows(name: str, content: bytes) -> list[Row]:
    """The rows that are not empty.

    Raises:
        UnusableFile: It is no such file.
    """
    try:
        text = decoded(content)
        is_csv = _suffix(name) in CSV
        rows = list(enumerate(_csv_rows(text) if is_csv else _yaml_rows(text), start=FIRST_ROW[is_csv]))
    except (UnreadableFile, csv.Error, yaml.YAMLError, RecursionError):
        raise UnusableFile("unreadable") from None
    return [(number, row) for number, row in rows if any(cell.strip() for cell in row.values())]


def _csv_rows(text: str) -> Iterator[dict[str, str]]:
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    columns = [column.strip() for column in next(reader, [])]
    for cells in reader:
        yield dict(zip(columns, cells, strict=False))


def _delimiter(text: str) -> str:
    """The likeliest of what spreadsheets write, by the first line."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _yaml_rows(text: str) -> Iterator[dict[str, str]]:
    """A list of mappings; every value as it is written, so that nothing becomes a date, a number or an object."""
    content: Any = yaml.load(text, Loader=yaml.BaseLoader)
    for row in content if isinstance(content, list) else []:
        if isinstance(row, dict):
            yield {str(column).strip(): _cell(value) for column, value in row.items()}


def _cell(value: Any) -> str:
    """A value's text; a list of texts is one with its entries parted, anything else is nothing."""
    if isinstance(value, list):
        return sheet().words["joint"].join(entry for entry in value if isinstance(entry, str))
    return value if isinstance(value, str) else ""


def _field_of(column: str) -> str | None:
    """The field of a column, by its label or key."""
    plain = column.replace(" ", "")
    return next((name for name, known in sheet().fields.items() if plain in (known.label, name)), None)


def _labels() -> str:
    return "、".join(known.label for known in sheet().fields.values())


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()
