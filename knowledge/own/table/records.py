"""Rows as records in the shape of the product's data files, each checked by the same schema as those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.drill.models import Scenario
from knowledge.loader import validator
from knowledge.models import Knowledge
from knowledge.own.table.cells import Row
from knowledge.own.table.faults import Fault, faults_of
from knowledge.own.table.names import Names, own_id
from knowledge.own.table.values import Values, values_of

# The row of the sources that everything of a company's own table cites.
OWN_SOURCE = "OWN"
# In the place of an id that was not found, which was told already.
UNKNOWN = "own"
DEFAULT_FAMILY, DEFAULT_QUIZ_KIND = "method", "next"


@dataclass(frozen=True)
class Product:
    """What a table is joined to."""

    knowledge: Knowledge
    scenarios: Mapping[str, Scenario]


@dataclass(frozen=True)
class Record:
    """A row and what it says, in the shape of an entry of the product's files."""

    row: Row
    data: dict[str, Any]


@dataclass(frozen=True)
class Records:
    """All records by the key of their sheet, and what is wrong with the rows by themselves."""

    by_sheet: Mapping[str, list[Record]]
    faults: tuple[Fault, ...]


def records_of(rows: list[Row], names: Names, product: Product) -> Records:
    """Records of all rows; with any fault they are only good for finding more faults."""
    by_sheet: dict[str, list[Record]] = {name: [] for name in _MAKERS}
    faults: list[Fault] = []
    for row in rows:
        values = values_of(row, names, product.knowledge.slots)
        data = _MAKERS[row.sheet](values, names, product)
        faults += [*values.faults, *_schema_faults(values, data)]
        by_sheet[row.sheet].append(Record(row, data))
    return Records(by_sheet, tuple(dict.fromkeys(faults)))


def _schema_faults(values: Values, data: dict[str, Any]) -> Iterator[Fault]:
    """Faults of columns that were not found wrong before; of an objection the whole is looked at later."""
    told = {found.column for found in values.faults}
    check = _schema(values.row.sheet, data.get("style") if values.row.sheet == "words" else None)
    if check is not None:
        shaped = {key: value for key, value in data.items() if key not in _BESIDE.get(values.row.sheet, ())}
        for found in faults_of(values.row, check.iter_errors(shaped)):
            if found.column not in told:
                yield found


# What a record holds beside what its schema knows: to whom it belongs.
_BESIDE = {"words": ("objection", "style"), "drills": ("objection",), "quizzes": ("kind",)}


# Sheet → the product's schema and the way in it to one record; words for a style have the style's name at the end.
_SCHEMAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "techniques": ("technique", ()),
    "words": ("objection", ("properties", "techniques", "items")),
    "styled words": ("style_words", ("properties", "styles", "properties")),
    "drills": ("scenarios", ("properties", "scenarios", "items")),
    "quizzes": ("quizzes", ("properties", "quizzes", "items")),
}


@lru_cache(maxsize=16)
def _schema(sheet: str, style: str | None) -> Any:
    """A validator of one record by the product's schema; None for an objection, which is looked at as a whole."""
    if sheet not in _SCHEMAS:
        return None
    name, path = _SCHEMAS[f"styled {sheet}" if style else sheet]
    part: Any = validator(name).schema
    for key in (*path, *([style] if style else [])):
        part = part[key]
    return validator(name).evolve(schema=part)  # knows the definitions of the whole


def _objection(values: Values, names: Names, product: Product) -> dict[str, Any]:
    title = values.data.get("title", "")
    return {**values.data, "id": names.find("objection", title) or own_id("objection", title)}


def _technique(values: Values, names: Names, product: Product) -> dict[str, Any]:
    defaults = {"family": DEFAULT_FAMILY, "objections": [], "suits": [], "unsuited": []}
    named = {"id": own_id("technique", values.data.get("name", "")), "sources": [OWN_SOURCE]}
    return {**defaults, **values.data, **named}


def _words(values: Values, names: Names, product: Product) -> dict[str, Any]:
    data = dict(values.data)
    style, objection = data.get("style"), data.get("objection", "")
    if style is None:
        general = {key: value for key, value in data.items() if key not in ("technique", "customer_line")}
        return {**general, "id": data.get("technique", UNKNOWN)}
    return {"customer_line": _customer_line(objection, style, names, product), "technique": UNKNOWN, **data}


def _customer_line(objection: str, style: str, names: Names, product: Product) -> str:
    """What such a customer says, where the table does not tell: the product's line, else the title."""
    if objection in names.own_objections:
        return next(iter(names.own_objections[objection].cells.values()))[:50]
    fitted = product.knowledge.style_words.get(objection)
    return fitted[style].customer_line if fitted else ""


def _drill(values: Values, names: Names, product: Product) -> dict[str, Any]:
    data = dict(values.data)
    objection, style = data.get("objection"), data.get("style")
    like = [s for s in product.scenarios.values() if s.objection == objection and s.style == style]
    borrowed = {reaction: list(lines) for reaction, lines in like[0].lines.items()} if like else {}
    data["lines"] = {**borrowed, **data.get("lines", {})}
    return {**data, "id": own_id("drill", *(str(data.get(key, "")) for key in ("objection", "person", "opening")))}


def _quiz(values: Values, names: Names, product: Product) -> dict[str, Any]:
    named = {"id": own_id("quiz", values.data.get("question", "")), "sources": [OWN_SOURCE]}
    return {"kind": DEFAULT_QUIZ_KIND, **values.data, **named}


_MAKERS = {
    "objections": _objection,
    "techniques": _technique,
    "words": _words,
    "drills": _drill,
    "quizzes": _quiz,
}
