"""What is wrong with a row, for the person who wrote it: where it stands, what was found, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema import ValidationError

from knowledge.loader import read_yaml
from knowledge.own.table.cells import Row
from knowledge.own.table.columns import FOLDER, Column, sheets


@dataclass(frozen=True)
class Fault:
    """One fault of a row; `column` is a title, empty where the whole row is meant. `found` and `fix` are Chinese."""

    sheet: str
    row: int
    column: str
    found: str
    fix: str


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = read_yaml(FOLDER / "problems.yml")
    return found


def fault(row: Row, column: str, kind: str, **values: object) -> Fault:
    """A fault of a kind of `problems.yml` in the column with this key or title."""
    sheet, sentence = sheets()[row.sheet], _sentences()[kind]
    title = sheet.columns[column].title if column in sheet.columns else column
    return Fault(sheet.title, row.number, title, sentence["found"].format(**values), sentence["fix"].format(**values))


def faults_of(row: Row, errors: Iterator[ValidationError]) -> Iterator[Fault]:
    """What a schema has found in the data made from a row, in the words of its columns."""
    columns = sheets()[row.sheet].columns
    for error in errors:
        names = [str(part) for part in error.absolute_path if isinstance(part, str)]
        if error.validator == "required":
            keys = [".".join([*names, name]) for name in missing_keys(error)]
            # A part that is missing as a whole: every needed column of it.
            found = [c.key for key in keys for c in columns.values() if c.key == key or c.key.startswith(f"{key}.")]
            yield from (fault(row, key, "missing") for key in found)
        else:
            column = columns.get(".".join(names)) or next(iter(columns.values()))
            yield _fault_of(row, column, error)


def missing_keys(error: ValidationError) -> list[str]:
    """The keys that a `required` asks for and does not find."""
    wanted: Any = error.validator_value
    given: Any = error.instance
    return [name for name in wanted if name not in given]


def _fault_of(row: Row, column: Column, error: ValidationError) -> Fault:
    limit: Any = error.validator_value
    value: Any = error.instance
    item = next((part + 1 for part in reversed(error.absolute_path) if isinstance(part, int)), None)
    one = "item_" if item else ""
    values: dict[str, Any] = {"item": item, "value": value}
    if error.validator == "maxLength":
        return fault(row, column.key, f"{one}too_long", now=len(value), most=limit, **values)
    if error.validator == "minLength":
        return fault(row, column.key, f"{one}too_short", now=len(value), least=limit, **values)
    if error.validator == "minItems":
        return fault(row, column.key, "too_few", now=len(value), least=limit)
    if error.validator == "maxItems":
        return fault(row, column.key, "too_many", now=len(value), most=limit)
    if error.validator == "uniqueItems":
        return fault(row, column.key, "repeated_item")
    if error.validator in ("minimum", "maximum"):
        whole: Any = error.schema
        return fault(row, column.key, "out_of_range", value=value, least=whole["minimum"], most=whole["maximum"])
    return fault(row, column.key, "other", value=f"{error.validator}: {limit}"[:60])
