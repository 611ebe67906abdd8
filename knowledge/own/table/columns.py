"""The sheets and columns of a company's table, read from `columns.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.loader import read_yaml

FOLDER = Path(__file__).parent
# Kinds whose cells hold several values, and what parts them beside the end of a line.
SEVERAL = {"lines": "｜|", "objections": "｜|、，,；;", "styles": "｜|、，,；;"}


@dataclass(frozen=True)
class Column:
    """One column: `key` is the path of its value in the data, `title` what stands above it, `kind` as in the file."""

    key: str
    title: str
    kind: str
    note: str
    example: str = ""
    needed: bool = False
    slots: bool = False
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Sheet:
    """One sheet; `columns` by key, in their order."""

    key: str
    title: str
    about: str
    columns: Mapping[str, Column]

    def titled(self, title: str) -> Column | None:
        """The column with this title."""
        return next((column for column in self.columns.values() if column.title == title), None)


@lru_cache(maxsize=1)
def sheets() -> dict[str, Sheet]:
    """All sheets by key, in their order."""
    return {key: _sheet(key, entry) for key, entry in read_yaml(FOLDER / "columns.yml").items()}


def sheet_titled(title: str) -> Sheet | None:
    """The sheet with this title."""
    return next((sheet for sheet in sheets().values() if sheet.title == title.strip()), None)


def _sheet(key: str, entry: dict[str, object]) -> Sheet:
    columns = entry["columns"]
    assert isinstance(columns, dict)
    made = {name: Column(key=name, **column) for name, column in columns.items()}
    return Sheet(key, str(entry["title"]), str(entry["about"]), made)
