"""The workbook that people fill in: a sheet for each kind of content, and one that explains all columns."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from knowledge.loader import read_yaml
from knowledge.own.table.cells import Row
from knowledge.own.table.columns import FOLDER, Sheet, sheets

WIDTH, WIDE = 18, 48
HEADER = 1


def workbook(rows: Iterable[Row] = ()) -> bytes:
    """An xlsx file with these rows, or an empty one."""
    book = Workbook()
    _explain(book.active)
    filled = list(rows)
    for sheet in sheets().values():
        page: Any = book.create_sheet(sheet.title)
        _header(page, sheet)
        for place, row in enumerate((row for row in filled if row.sheet == sheet.key), start=HEADER + 1):
            for column, title in enumerate((c.title for c in sheet.columns.values()), start=1):
                _write(page, place, column, row.cells.get(title, ""))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def example_rows() -> list[Row]:
    """The example of every sheet, which together are a table that can be published."""
    return [
        Row(sheet.key, HEADER + 1, {c.title: c.example.strip() for c in sheet.columns.values() if c.example})
        for sheet in sheets().values()
    ]


def _explain(page: Any) -> None:
    """What each sheet and column is for, with an example; no sheet of ours, so nothing in it is ever read."""
    words = read_yaml(FOLDER / "template.yml")
    page.title = words["title"]
    for line in words["intro"]:
        page.append([line])
    for sheet in sheets().values():
        page.append([])
        page.append([sheet.title, sheet.about])
        page.append(words["header"])
        for column in sheet.columns.values():
            needed = words["needed" if column.needed else "optional"]
            page.append([column.title, needed, column.note, column.example.strip()])
    for number, width in enumerate((WIDTH, WIDTH, WIDE, WIDE), start=1):
        page.column_dimensions[get_column_letter(number)].width = width


def _header(page: Any, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns.values(), start=1):
        cell = page.cell(HEADER, number, column.title)
        cell.font = Font(bold=True)
        cell.comment = Comment(column.note, "coach")
        page.column_dimensions[get_column_letter(number)].width = WIDE if column.kind == "lines" else WIDTH
    page.freeze_panes = "B2"


def _write(page: Any, place: int, column: int, text: str) -> None:
    cell = page.cell(place, column, text or None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.data_type = "s"  # text, whatever it begins with
