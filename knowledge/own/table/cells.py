"""From a file's content to the cells of a company's table; nothing is evaluated, nothing is followed.

Runs only inside the process of `knowledge/own/__main__.py`, under its limits.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from knowledge.own.files import UnreadableFile
from knowledge.own.table.columns import sheet_titled

YAML_KINDS = ("yml", "yaml")
# Far more than a company has; beyond this it is no table that somebody wrote.
MAX_ROWS, MAX_POSITIONS, MAX_COLUMNS, MAX_CELL = 500, 20_000, 60, 2_000
MAX_YAML_BYTES, MAX_YAML_EVENTS = 1024 * 1024, 100_000
# Written by hand a list holds records and a record lists: deeper is no table.
MAX_YAML_DEPTH = 6


@dataclass(frozen=True)
class Row:
    """One row that holds something: the sheet's key, the number that the person sees, text by column title."""

    sheet: str
    number: int
    cells: Mapping[str, str]


def table_rows(kind: str, content: bytes, decoded: str = "") -> list[Row] | None:
    """The rows of a table in their order; None for a workbook that has none of its sheets.

    `decoded` is the text of a YAML file.

    Raises:
        UnreadableFile: too_many_rows, not_a_table, bad_yaml or tricky_yaml.
    """
    if kind in YAML_KINDS:
        return list(_of_yaml(decoded))
    return _of_workbook(content) if kind == "xlsx" else None


def _of_workbook(content: bytes) -> list[Row] | None:
    import openpyxl

    # Not `data_only`: a formula comes out as its text, so that it can be told, and is never worked out.
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    ours = [(found.key, sheet) for sheet in book.worksheets if (found := sheet_titled(sheet.title))]
    if not ours:
        return None
    return [row for key, sheet in ours for row in _of_sheet(key, sheet)]


def _of_sheet(key: str, sheet: Any) -> list[Row]:
    lines = enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1)
    titles: list[str] = []
    rows: list[Row] = []
    for number, values in islice(lines, MAX_POSITIONS + 1):
        texts = [_text(value) for value in values]
        if not titles:
            titles = texts if any(texts) else []
            continue
        rows += _row(key, number, zip(titles, texts, strict=False))
        if len(rows) > MAX_ROWS or number > MAX_POSITIONS:
            raise UnreadableFile("too_many_rows")
    return rows


def _row(key: str, number: int, cells: Iterator[tuple[str, str]]) -> list[Row]:
    filled = {title: text for title, text in cells if title and text}
    return [Row(key, number, filled)] if filled else []


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(getattr(value, "text", value)).replace("\r\n", "\n").strip()[:MAX_CELL]


def _of_yaml(text: str) -> Iterator[Row]:
    data = _safe_yaml(text)
    if not isinstance(data, dict) or not any(sheet_titled(str(title)) for title in data):
        raise UnreadableFile("not_a_table")
    for title, entries in data.items():
        sheet = sheet_titled(str(title))
        if sheet is None or not isinstance(entries, list):
            raise UnreadableFile("not_a_table")
        if len(entries) > MAX_ROWS:
            raise UnreadableFile("too_many_rows")
        for number, entry in enumerate(entries, start=1):
            # What is no record keeps its place as a row without a known column, so that it is told by its number.
            cells = entry.items() if isinstance(entry, dict) else [("", str(entry))]
            yield Row(sheet.key, number, {str(name).strip(): _joined(value) for name, value in cells if value})


def _safe_yaml(text: str) -> Any:
    """Every scalar as text; no tags, anchors or aliases, so that a small file cannot grow."""
    import yaml

    if len(text.encode()) > MAX_YAML_BYTES:
        raise UnreadableFile("too_many_rows")
    try:
        _check_events(yaml.parse(text, Loader=yaml.BaseLoader))
        return yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        raise UnreadableFile("bad_yaml") from None


def _check_events(events: Iterator[Any]) -> None:
    depth = 0
    for number, event in enumerate(events):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        hostile = getattr(event, "anchor", None) or getattr(event, "tag", None)
        if hostile or depth > MAX_YAML_DEPTH or number > MAX_YAML_EVENTS:
            raise UnreadableFile("tricky_yaml")


def _joined(value: object) -> str:
    lines: Sequence[object] = value if isinstance(value, list) else [value]
    return "\n".join(str(line) for line in lines).strip()[:MAX_CELL]
