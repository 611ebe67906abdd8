"""What somebody typed for a field of a product card → the text to keep, or why not and how to put it right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from knowledge.products.card import JOINT
from knowledge.products.sheet import Field, sheet

# What a spreadsheet takes for the start of a formula, where no plain number follows.
_FORMULA = re.compile(r"^\s*([=@]|[+\-](?!\d+(\.\d+)?[^\d+\-*/|!(=]*$))")
_PRICE = re.compile(r"^(?P<sign>[¥￥])?\s*(?P<minus>-)?(?P<amount>\d[\d,，]{0,11}(?:\.\d{1,2})?)\s*(?P<unit>.*)$")
# Behind the first number stands another: “5-10 元”.
_LEFT_OVER = re.compile(r"^\D*\d")
_YEARS = re.compile(r"^(\d{1,2})\s*年?$")
_DATE = re.compile(r"^(?:(\d{4})\s*[-/.年])?\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$")
_PARTED = re.compile(r"[；;、\n]+")
_SHOWN = 12  # characters of what was typed that a refusal repeats
MOST_YEARS = 50


class Refused(Exception):
    """A value is not taken; `reason` is a key of the sheet's refusals, `str()` the sentence for people."""

    def __init__(self, field: Field, reason: str, typed: str = "", **values: object) -> None:
        shown = typed if len(typed) <= _SHOWN else typed[:_SHOWN] + "…"
        given = {"label": field.label, "example": field.example, "typed": shown, "most": field.most, **values}
        super().__init__(sheet().refusals[reason].format(**given))
        self.field = field
        self.reason = reason


def checked(field_id: str, typed: str, today: date) -> str:
    """The text to keep.

    Args:
        field_id: A field of the sheet.
        typed: As a person wrote it.
        today: The writer's date.

    Raises:
        Refused: With the reason.
    """
    field = sheet().fields[field_id]
    text = " ".join(unicodedata.normalize("NFC", typed).split(" ")).strip()
    if not text:
        raise Refused(field, "required" if field.required else "empty")
    if set(text) & set("{}") or not text.replace("\n", "").isprintable():
        raise Refused(field, "unprintable")
    formula = _FORMULA.match(unicodedata.normalize("NFKC", text))
    if formula:
        raise Refused(field, "formula", text, sign=formula[1])
    return _KINDS[field.kind](field, text, today)


def faults(values: Mapping[str, str]) -> Iterator[Refused]:
    """What is wrong with checked values taken together: a name that is missing, halves of pairs."""
    for field in sheet().fields.values():
        if field.required and field.id not in values:
            yield Refused(field, "required")
        if not field.of or (field.id in values) == (field.of in values):
            continue
        if field.id in values:
            yield Refused(field, "no_partner", partner=sheet().fields[field.of].label)
        else:
            yield Refused(field, sheet().partners[field.id.rstrip("_123")])


def _text(field: Field, text: str, today: date) -> str:
    line = " ".join(text.split())
    if len(line) > field.most:
        raise Refused(field, "too_long", line, count=len(line))
    _refuse_words(field, line, "insult", sheet().insults)
    _refuse_words(field, line, "absolute", sheet().absolutes)
    return line


def _refuse_words(field: Field, line: str, reason: str, words: list[str]) -> None:
    found = next((word for word in words if word in line), None)
    if found:
        raise Refused(field, reason, line, found=found)


def _list(field: Field, text: str, today: date) -> str:
    entries = list(dict.fromkeys(_text(field, entry, today) for entry in _PARTED.split(text) if entry.strip()))
    if not entries:
        raise Refused(field, "empty")
    if len(entries) > field.items:
        raise Refused(field, "too_many", count=len(entries), most=field.items)
    return JOINT.join(entries)


def _price(field: Field, text: str, today: date) -> str:
    plain = unicodedata.normalize("NFKC", text)
    found = _PRICE.match(plain)
    if not found:
        raise Refused(field, "no_number", text)
    amount = Decimal(re.sub("[,，]", "", found["amount"]))
    if found["minus"] or not amount:
        raise Refused(field, "not_positive", text)
    unit = _unit(found["unit"].replace(" ", ""), bool(found["sign"]))
    if not unit:
        raise Refused(field, "no_number" if _LEFT_OVER.match(found["unit"]) else "no_unit", text)
    return _text(field, f"{plain_number(amount)} {unit}", today)


def _unit(written: str, has_sign: bool) -> str | None:
    """The unit in the form that is kept; None where it does not say the money, and no sign before the number does."""
    known = sheet().money
    money = next((name for name in sorted(known, key=len, reverse=True) if written.startswith(name)), "")
    what_for = written.removeprefix(money)
    if not (money or has_sign) or (what_for and not what_for.startswith(tuple(sheet().per))):
        return None
    return known.get(money, next(iter(known))) + what_for


def _years(field: Field, text: str, today: date) -> str:
    found = _YEARS.match(unicodedata.normalize("NFKC", text))
    if not found or not 1 <= int(found[1]) <= MOST_YEARS:
        raise Refused(field, "no_years", text)
    return str(int(found[1]))


def _date(field: Field, text: str, today: date) -> str:
    found = _DATE.match(unicodedata.normalize("NFKC", text))
    if not found:
        raise Refused(field, "no_date", text)
    try:
        end = date(int(found[1] or today.year), int(found[2]), int(found[3]))
    except ValueError:
        raise Refused(field, "no_date", text) from None
    if end < today:
        raise Refused(field, "over", text, date=end.isoformat())
    return end.isoformat()


def plain_number(amount: Decimal) -> str:
    """Without zeros that say nothing: 128.50 → 128.5."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_KINDS: dict[str, Callable[[Field, str, date], str]] = {
    "text": _text,
    "list": _list,
    "price": _price,
    "years": _years,
    "date": _date,
}
