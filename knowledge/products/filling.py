"""The way through the questions of a product card: what comes next, what a skipped or emptied answer takes with it."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.products.sheet import Field, sheet

Values = Mapping[str, str]


def first(group: str = "") -> str:
    """The first question, of a group or of all."""
    return sheet().groups[group].fields[0] if group else next(iter(sheet().fields))


def following(values: Values, field_id: str, group: str = "") -> str | None:
    """The question after this one, of the group or of all; None where that was the last."""
    order = _order(group)
    later = order[order.index(field_id) + 1 :]
    return next((name for name in later if _is_asked(values, sheet().fields[name])), None)


def before(values: Values, field_id: str, group: str = "") -> str | None:
    """The question before this one; None at the first."""
    order = _order(group)
    earlier = reversed(order[: order.index(field_id)])
    return next((name for name in earlier if _is_asked(values, sheet().fields[name])), None)


def without(values: Values, field_id: str) -> dict[str, str]:
    """The values with this one taken out, and the other half of its pair with it."""
    gone = {field_id, sheet().fields[field_id].of, sheet().partner_of(field_id)}
    return {name: value for name, value in values.items() if name not in gone}


def is_second_half(field_id: str) -> bool:
    """Whether the question before this one means nothing without it."""
    return bool(sheet().fields[field_id].of)


def place(field_id: str) -> tuple[int, int]:
    """The number of the question's group, from 1, and how many there are."""
    groups = list(sheet().groups.values())
    return groups.index(sheet().group_of(field_id)) + 1, len(groups)


def missing(values: Values) -> list[str]:
    """Titles of the groups in which nothing is filled in."""
    return [group.title for group in sheet().groups.values() if not any(name in values for name in group.fields)]


def _order(group: str) -> list[str]:
    return list(sheet().groups[group].fields if group else sheet().fields)


def _is_asked(values: Values, field: Field) -> bool:
    return all(needed in values for needed in (field.of, field.after) if needed) or field.id in values
