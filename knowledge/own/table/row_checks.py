"""What a row cannot know of itself: others like it, what a new objection needs, whose words a sentence is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.language import normalise
from knowledge.loader import validator
from knowledge.models import Knowledge
from knowledge.own.table.cells import Row
from knowledge.own.table.faults import Fault, fault, faults_of, missing_keys
from knowledge.own.table.names import Names
from knowledge.own.table.records import Record, Records

# Fewer sentences than this teach nothing that holds; how well so many are told from the others was not measured.
LEAST_LINES = 12
MOST_LINES, LINE_CHARACTERS = 200, 60
# Marks of Rasa's training format, which would make a name out of a word.
_MARKS = re.compile(r"[\[\](){}]")
# Of a new objection the schema asks for these too; they come from the table's other sheets.
_FROM_ELSEWHERE = ("techniques", "sources", "id")


def row_checks(records: Records, names: Names, known: Knowledge, taken: Mapping[str, str]) -> Iterator[Fault]:
    """All faults that need more than one row, or the product, to be seen."""
    yield from _repeated(records)
    yield from _techniques(records, known)
    yield from _objections(records, names, known)
    yield from _lines(records, names, known, taken)
    yield from _drills(records)
    for record in records.by_sheet["quizzes"]:
        if record.data.get("right") in record.data.get("wrong", ()):
            yield fault(record.row, "wrong", "right_is_wrong")


# The column by which a row says which thing it is.
_NAMED_BY = {
    "objections": "title",
    "techniques": "name",
    "words": "technique",
    "drills": "person",
    "quizzes": "question",
}


def _repeated(records: Records) -> Iterator[Fault]:
    """Rows about the same thing; an objection has one wording of a technique, and one for each style."""
    for sheet, column in _NAMED_BY.items():
        seen: dict[tuple[str, ...], Row] = {}
        for record in records.by_sheet[sheet]:
            other = seen.setdefault(_identity(sheet, record), record.row)
            if other is not record.row:
                yield fault(record.row, column, "repeated_row", number=other.number)


def _identity(sheet: str, record: Record) -> tuple[str, ...]:
    data = record.data
    if sheet != "words":
        return (data["id"],)
    return (data.get("objection", ""), data.get("style", ""), "" if data.get("style") else data["id"])


def _techniques(records: Records, known: Knowledge) -> Iterator[Fault]:
    standard = {name for one in known.techniques.values() for name in (one.name, *one.aliases)}
    for record in records.by_sheet["techniques"]:
        if record.data.get("name") in standard:
            yield fault(record.row, "name", "technique_exists", value=record.data["name"])


def _objections(records: Records, names: Names, known: Knowledge) -> Iterator[Fault]:
    for record in records.by_sheet["objections"]:
        new = record.data["id"] in names.own_objections
        given = {key: value for key, value in record.data.items() if key not in ("lines", "like")}
        base = {key: ["-"] if key in _FROM_ELSEWHERE[:2] else "own" for key in _FROM_ELSEWHERE}
        check = validator("objection")
        errors = [error for error in check.iter_errors({**base, **given}) if not _about_elsewhere(error.absolute_path)]
        for error in errors:
            if error.validator != "required":
                yield from faults_of(record.row, iter([error]))
            elif new:
                near = names.near("objection", record.data.get("title", ""))
                missing = missing_keys(error)
                yield from (fault(record.row, name, "new_needs", near=near) for name in missing)
        if new:
            yield from _new_objection(record, records, names, known)


def _about_elsewhere(path: Iterable[str | int]) -> bool:
    return next(iter(path), "") in _FROM_ELSEWHERE


def _new_objection(record: Record, records: Records, names: Names, known: Knowledge) -> Iterator[Fault]:
    near = names.near("objection", record.data.get("title", ""))
    lines, like = record.data.get("lines", ()), record.data.get("like")
    if len(lines) < LEAST_LINES:
        yield fault(record.row, "lines", "new_needs_lines", now=len(lines), least=LEAST_LINES)
    if like is None and "like" not in record.data:
        yield fault(record.row, "like", "new_needs", near=near)
    elif like not in known.objections:
        yield fault(record.row, "like", "like_standard", near=near)
    general = [r for r in records.by_sheet["words"] if not r.data.get("style")]
    if not any(words.data.get("objection") == record.data["id"] for words in general):
        yield fault(record.row, "title", "new_needs_words")


def _lines(records: Records, names: Names, known: Knowledge, taken: Mapping[str, str]) -> Iterator[Fault]:
    """Sentences that are another objection's, in the product or in the table, would teach two things at once."""
    owners = dict(taken)
    for record in records.by_sheet["objections"]:
        lines = record.data.get("lines", ())
        if len(lines) > MOST_LINES:
            yield fault(record.row, "lines", "too_many", now=len(lines), most=MOST_LINES)
        for number, line in enumerate(lines, start=1):
            owner = owners.setdefault(normalise(line), record.data["id"])
            if owner != record.data["id"]:
                yield fault(record.row, "lines", "line_taken", item=number, owner=_title(owner, names, known))
            if _MARKS.search(line):
                yield fault(record.row, "lines", "brackets", item=number)
            if len(line) > LINE_CHARACTERS:
                yield fault(record.row, "lines", "item_too_long", item=number, now=len(line), most=LINE_CHARACTERS)


def _title(owner: str, names: Names, known: Knowledge) -> str:
    if owner in names.own_objections:
        return next(iter(names.own_objections[owner].cells.values()))
    return known.objections[owner].title if owner in known.objections else owner


def _drills(records: Records) -> Iterator[Fault]:
    for record in records.by_sheet["drills"]:
        second = record.data.get("second", {}).get("objection")
        if second and second == record.data.get("objection"):
            yield fault(record.row, "second.objection", "same_objection")
