"""Joins a company's table to the product's knowledge: all checks, then one whole that can be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.cross_checks import cross_checks
from knowledge.current import Own
from knowledge.drill.data import cross_checks as drill_checks
from knowledge.drill.data import product_scenarios, scenarios_of
from knowledge.learning.data import cross_checks as quiz_checks
from knowledge.learning.data import product_quizzes, quizzes_of
from knowledge.loader import product, value_of
from knowledge.models import Knowledge, Objection, Source, StyleUse, Technique, TechniqueUse
from knowledge.own.table.cells import Row
from knowledge.own.table.columns import sheets
from knowledge.own.table.faults import Fault, fault
from knowledge.own.table.names import Names, names_in
from knowledge.own.table.records import OWN_SOURCE, Product, Record, Records, records_of
from knowledge.own.table.row_checks import row_checks

# The intent of all objections that are a company's own; which one it is follows the slash.
OWN_INTENT = "own_objection"


@dataclass(frozen=True)
class Joined:
    """A table that was read: `own` is None where there are `faults`."""

    own: Own | None
    faults: tuple[Fault, ...]


def join(rows: Sequence[Row], source: str, taken: Mapping[str, str]) -> Joined:
    """The product's knowledge with a table in it.

    Args:
        rows: The table's rows.
        source: What to cite, for example “话术.xlsx 第 2 版”.
        taken: Sentences of customers in normal form that the understanding has learnt, with their intent.
    """
    whole = Product(product(), product_scenarios())
    titles = {"objections": sheets()["objections"].columns["title"].title}
    titles["techniques"] = sheets()["techniques"].columns["name"].title
    names = names_in(rows, whole.knowledge, titles)
    records = records_of(list(rows), names, whole)
    faults = [*records.faults, *row_checks(records, names, whole.knowledge, taken)]
    if not rows or faults:
        return Joined(None, _in_order(faults))
    return _whole(records, names, whole.knowledge, source)


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Each once, sheet by sheet, row by row."""
    order = [sheet.title for sheet in sheets().values()]
    return tuple(sorted(dict.fromkeys(faults), key=lambda found: (order.index(found.sheet), found.row)))


def _whole(records: Records, names: Names, known: Knowledge, source: str) -> Joined:
    joined = _knowledge(records, known, source)
    by_objection = _drills(records)
    quizzes = [
        {"id": "own", "kind": record.data["kind"], "quizzes": [_without(record, "kind")]}
        for record in records.by_sheet["quizzes"]
    ]
    # The product's own checks have the last word; what a row can be blamed for was told by row before.
    left = [*cross_checks(joined, []), *drill_checks(by_objection, joined), *quiz_checks(quizzes, joined)]
    if left:
        first = next(record.row for some in records.by_sheet.values() for record in some)
        return Joined(None, tuple(fault(first, "", "other", value=str(problem)[:120]) for problem in left))
    own = Own(
        joined,
        {**product_scenarios(), **scenarios_of(by_objection)},
        {**product_quizzes(), **quizzes_of(quizzes)},
        _lessons(records, names),
    )
    return Joined(own, ())


def _drills(records: Records) -> list[dict[str, Any]]:
    return [
        {"id": record.data["objection"], "sources": [OWN_SOURCE], "scenarios": [_without(record, "objection")]}
        for record in records.by_sheet["drills"]
    ]


def _without(record: Record, key: str) -> dict[str, Any]:
    return {name: value for name, value in record.data.items() if name != key}


def _knowledge(records: Records, known: Knowledge, source: str) -> Knowledge:
    techniques = {r.data["id"]: value_of(Technique, r.data) for r in records.by_sheet["techniques"]}
    changed = {r.data["id"]: r for r in records.by_sheet["objections"]}
    general, styled = _uses(records)
    objections = dict(known.objections)
    for name in [*known.objections, *(name for name in changed if name not in known.objections)]:
        objections[name] = _objection(objections.get(name), changed.get(name), general.get(name, []))
    style_words = {
        name: _style_words(objection, known.style_words.get(name), styled.get(name, {}), known)
        for name, objection in objections.items()
    }
    return replace(
        known,
        objections=objections,
        techniques={**known.techniques, **techniques},
        style_words=style_words,
        sources={**known.sources, OWN_SOURCE: Source(OWN_SOURCE, "", source)},
    )


def _uses(records: Records) -> tuple[dict[str, list[TechniqueUse]], dict[str, dict[str, StyleUse]]]:
    """Own words by objection: those for everybody in the table's order, those for a style."""
    general: dict[str, list[TechniqueUse]] = {}
    styled: dict[str, dict[str, StyleUse]] = {}
    for record in records.by_sheet["words"]:
        data = {**record.data, "sources": [OWN_SOURCE]}
        if data.get("style"):
            styled.setdefault(data["objection"], {})[data["style"]] = value_of(StyleUse, data)
        else:
            general.setdefault(data["objection"], []).append(value_of(TechniqueUse, data))
    return general, styled


def _objection(old: Objection | None, record: Record | None, uses: list[TechniqueUse]) -> Objection:
    """The product's objection with own words first, or a new one."""
    told = {key: value for key, value in (record.data if record else {}).items() if key not in ("lines", "id")}
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    if old is None:
        assert record is not None
        made = {**told, "id": record.data["id"], "techniques": tuple(uses), "sources": (OWN_SOURCE,)}
        return Objection(**made)
    if not told and not uses:
        return old
    ours = {use.id for use in uses}
    kept = tuple(use for use in old.techniques if use.id not in ours)
    told.pop("title", None)
    told.pop("like", None)
    sources = (OWN_SOURCE, *old.sources) if told else old.sources
    return replace(old, **{**told, "techniques": (*uses, *kept), "sources": sources})


def _style_words(
    objection: Objection, old: Mapping[str, StyleUse] | None, ours: Mapping[str, StyleUse], known: Knowledge
) -> dict[str, StyleUse]:
    """Words for all five styles; where a new objection has none for a style, its first words for everybody."""
    if old is not None:
        return {**old, **ours}
    first = objection.techniques[0]
    plain = StyleUse(objection.title, first.id, first.why, first.say, first.avoid, first.next, first.sources)
    return {**dict.fromkeys(known.styles, plain), **ours}


def _lessons(records: Records, names: Names) -> dict[str, tuple[str, ...]]:
    lessons: dict[str, tuple[str, ...]] = {}
    for record in records.by_sheet["objections"]:
        name = record.data["id"]
        intent = f"{OWN_INTENT}/{name}" if name in names.own_objections else name
        lines = tuple(record.data.get("lines", ()))
        if lines:
            lessons[intent] = lines
    return lessons
