"""From the cells of one row to values in the shape of the product's data files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.cross_checks import open_slots
from knowledge.own.table.cells import Row
from knowledge.own.table.columns import SEVERAL, Column, sheets
from knowledge.own.table.faults import Fault, fault
from knowledge.own.table.names import Names

_SLOT = re.compile(r"〔([^〔〕]*)〕")
_BRACES = re.compile(r"[{}〔〕]")
_FORMULA = "="


@dataclass(frozen=True)
class Values:
    """A row as data: `data` is nested by the columns' keys; what was wrong with single cells is in `faults`."""

    row: Row
    data: dict[str, Any]
    faults: tuple[Fault, ...]


def values_of(row: Row, names: Names, slots: Mapping[str, str]) -> Values:
    """The row's cells read by the kinds of their columns; `slots` are the open slots' labels by name."""
    data: dict[str, Any] = {}
    faults = list(_unknown_columns(row))
    for column in sheets()[row.sheet].columns.values():
        text = row.cells.get(column.title, "")
        if not text:
            faults += [fault(row, column.key, "missing")] if column.needed else []
            continue
        value, found = _read(row, column, text, names, slots)
        faults += found
        if not found:
            _put(data, column.key, value)
    return Values(row, data, tuple(faults))


def _unknown_columns(row: Row) -> Iterator[Fault]:
    sheet = sheets()[row.sheet]
    for title in row.cells:
        if not title:
            yield fault(row, "", "not_one_row")
        elif sheet.titled(title) is None:
            yield fault(row, title, "unknown_column")


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    *path, last = key.split(".")
    for part in path:
        data = data.setdefault(part, {})
    data[last] = value


def _read(row: Row, column: Column, text: str, names: Names, slots: Mapping[str, str]) -> tuple[Any, list[Fault]]:
    if text.startswith(_FORMULA):
        return None, [fault(row, column.key, "formula")]
    if column.kind == "number":
        number = int(text) if text.isdecimal() and len(text) < 4 else None
        return number, [] if number is not None else [fault(row, column.key, "no_number", value=text[:20])]
    if column.kind == "choice":
        told = {"value": text[:20], "choices": "、".join(column.choices)}
        return column.choices.get(text), [] if text in column.choices else [fault(row, column.key, "no_choice", **told)]
    if column.kind in ("text", "lines"):
        return _words(row, column, text, slots)
    return _named(row, column, text, names)


def _words(row: Row, column: Column, text: str, slots: Mapping[str, str]) -> tuple[Any, list[Fault]]:
    if not column.slots:
        found = [fault(row, column.key, "no_slots_here")] if _BRACES.search(text) else []
        return (_parts(text, column.kind) if column.kind == "lines" else text), found
    by_label = {label: name for name, label in slots.items()}
    filled = _SLOT.sub(lambda found: "{" + by_label.get(found[1].strip(), found[1]) + "}", text)
    try:
        unknown = open_slots(filled) - slots.keys()
    except ValueError:
        return None, [fault(row, column.key, "stray_brace")]
    if "〔" in filled or "〕" in filled:
        return None, [fault(row, column.key, "stray_brace")]
    labels = "、".join(slots.values())
    return filled, [fault(row, column.key, "unknown_slot", value=name, choices=labels) for name in sorted(unknown)]


def _named(row: Row, column: Column, text: str, names: Names) -> tuple[Any, list[Fault]]:
    several = column.kind in SEVERAL
    kind = column.kind.removesuffix("s")
    parts = _parts(text, column.kind) if several else [text]
    found = [(part, names.find(kind, part)) for part in parts]
    faults = [
        fault(
            row,
            column.key,
            f"unknown_{kind}",
            value=part[:20],
            near=names.near(kind, part),
            choices="、".join(names.style_titles),
        )
        for part, name in found
        if name is None
    ]
    ids = [name for _, name in found]
    return (ids if several else ids[0]), faults


def _parts(text: str, kind: str) -> list[str]:
    pieces = re.split(f"[\n{re.escape(SEVERAL[kind])}]", text)
    return [piece.strip() for piece in pieces if piece.strip()]
