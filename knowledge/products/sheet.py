"""Reads and checks `knowledge/product_sheet.yml`: the questions of a product card, what is refused, what it fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.loader import FOLDER, Reader, knowledge
from knowledge.models import Knowledge
from knowledge.problems import Problem

FILE = "knowledge/product_sheet.yml"


@dataclass(frozen=True)
class Field:
    """One question; `most` counts characters, of a list those of each of at most `items` entries."""

    id: str
    label: str
    kind: str
    most: int
    ask: str
    example: str
    items: int = 1
    required: bool = False
    of: str = ""
    after: str = ""


@dataclass(frozen=True)
class Group:
    """Fields that are asked and changed in one go."""

    id: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Naming:
    """When something that a message names fills an open slot; keys as in the file."""

    slot: str
    form: str = ""
    before: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """All of it; the file tells what each part means."""

    groups: dict[str, Group]
    fields: dict[str, Field]
    commands: dict[str, list[str]]
    refusals: dict[str, str]
    partners: dict[str, str]
    money: dict[str, str]
    per: list[str]
    insults: list[str]
    absolutes: list[str]
    files: dict[str, str]
    words: dict[str, str]
    lines: dict[str, str]
    lines_of: dict[str, list[str]]
    message: dict[str, Naming]

    def group_of(self, field: str) -> Group:
        """The group that a field belongs to."""
        return next(group for group in self.groups.values() if field in group.fields)

    def partner_of(self, field: str) -> str | None:
        """The field that must be filled together with this one and says more of it."""
        return next((other.id for other in self.fields.values() if other.of == field), None)


@lru_cache(maxsize=1)
def sheet() -> Sheet:
    """The sheet, read once a process; raises `KnowledgeError`."""
    return load_sheet(FOLDER, knowledge())


def load_sheet(folder: Path, known: Knowledge) -> Sheet:
    """The sheet in `folder`, whose slots and objections `known` holds; raises `KnowledgeError` with every problem."""
    read = Reader(folder)
    data = read.one("product_sheet")
    read.finish(_cross_checks(data, known))
    order = [name for group in data["groups"] for name in group["fields"]]
    lists = {name: _tuples(entry) for name, entry in data["message"].items()}
    return Sheet(
        **{
            **data,
            "groups": {entry["id"]: Group(**_tuples(entry)) for entry in data["groups"]},
            "fields": {name: Field(id=name, **data["fields"][name]) for name in order},
            "message": {name: Naming(**entry) for name, entry in lists.items()},
        }
    )


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _cross_checks(data: Mapping[str, Any], known: Knowledge) -> Iterator[Problem]:
    """What no schema can see: fields of groups and partners, reasons, lines, objections and slots that do not exist."""
    order = [name for group in data["groups"] for name in group["fields"]]
    for name in sorted(set(order) ^ data["fields"].keys()) + [name for name in set(order) if order.count(name) > 1]:
        yield Problem(FILE, f"fields.{name}", "is not in exactly one group", "name it once under groups")
    for name, field in data["fields"].items():
        for key in ("of", "after"):
            if key in field and field[key] not in order[: order.index(name)]:
                found = f"'{field[key]}' is no field before it"
                yield Problem(FILE, f"fields.{name}.{key}", found, "name such a field")
    for stem, reason in data["partners"].items():
        if reason not in data["refusals"]:
            yield Problem(FILE, f"partners.{stem}", f"'{reason}' is unknown", "name a key of refusals")
    for objection, lines in data["lines_of"].items():
        if objection not in known.objections:
            fix = "use a file name of knowledge/objections/"
            yield Problem(FILE, f"lines_of.{objection}", "is unknown", fix)
        for line in set(lines) - data["lines"].keys():
            yield Problem(FILE, f"lines_of.{objection}", f"'{line}' is unknown", "name a key of lines")
    for entity, naming in data["message"].items():
        if naming["slot"] not in known.slots:
            yield Problem(FILE, f"message.{entity}", f"'{naming['slot']}' is unknown", "use a slot of slots.yml")
        for objection in {*naming.get("objections", ()), *naming.get("never", ())} - known.objections.keys():
            yield Problem(FILE, f"message.{entity}", f"'{objection}' is unknown", "use a file name of objections/")
