"""What fills the open slots: what the message named, else what the product card says and still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.language import normalise
from knowledge.products.card import Card
from knowledge.products.checking import plain_number
from knowledge.products.sheet import Naming, sheet

CENT = Decimal("0.01")
# Between Latin letters and digits a name ends where the word ends: “A8” is not in “A80”.
_INSIDE_WORD = re.compile(r"[a-z0-9]")


@dataclass(frozen=True)
class Named:
    """Something that a message names: the entity, the words, and where they begin in the text."""

    entity: str
    text: str
    start: int


def of_card(card: Card, today: date) -> dict[str, str]:
    """Values for open slots as the card gives them on this day; what it does not say is absent."""
    words, values = sheet().words, {"product": card.name}
    if card.price:
        values["price"] = _money(*card.price)
    if card.years:
        values["period"] = words["years"].format(years=card.years)
    if card.price and card.years:
        amount, unit = card.price
        share = (amount / card.years).quantize(CENT)
        exact = share * card.years == amount
        values["unit_price"] = _money(share, unit) if exact else words["about"].format(price=_money(share, unit))
    if card.strengths:
        values |= {"feature": card.strengths[0].text, "proof": card.strengths[0].proof}
    promotions = card.in_force(today)
    if promotions:
        values |= {"promotion": promotions[0].text, "deadline": spoken_day(promotions[0].end, today)}
    if card.services:
        values["service"] = card.services[0]
    if card.warranty:
        values["warranty"] = card.warranty
    return values


def of_message(text: str, named: Iterable[Named], objection: str | None) -> dict[str, str]:
    """Values for open slots that the message itself names, as it was written."""
    values: dict[str, str] = {}
    for found in named:
        naming = sheet().message.get(found.entity)
        if naming and _fills(naming, found, text, objection):
            values.setdefault(naming.slot, found.text)
    return values


def product_in(text: str, cards: Sequence[Card]) -> Card | None:
    """The card of the product that a text names, by its longest name."""
    found = [(len(name), card) for card in cards for name in card.names if _holds(text, name)]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def competitor_in(text: str, card: Card) -> str | None:
    """The competitor of this card that a text names."""
    return next((other.name for other in card.competitors if _holds(text, other.name)), None)


def line(card: Card, objection: str, values: Mapping[str, str]) -> str | None:
    """What the card says for use against this objection; None where it has nothing to say."""
    for kind in sheet().lines_of.get(objection, ()):
        given = {**values, **_difference(card, values.get("competitor"))} if kind == "difference" else values
        try:
            return sheet().lines[kind].format_map(given)
        except KeyError:  # the card does not say
            continue
    return None


def spoken_day(day: date, today: date) -> str:
    """A day as one says it; with the year where it is not this year."""
    form = sheet().words["deadline" if day.year == today.year else "deadline_far"]
    return form.format(year=day.year, month=day.month, day=day.day)


def _difference(card: Card, named: str | None) -> dict[str, str]:
    """The difference from the competitor named, else from the one that customers name most."""
    known = {other.name: other.difference for other in card.competitors}
    name = named if named in known else next(iter(known), None)
    return {"competitor": name, "difference": known[name]} if name else {}


def _money(amount: Decimal, unit: str) -> str:
    return f"{plain_number(amount)} {unit}"


def _fills(naming: Naming, found: Named, text: str, objection: str | None) -> bool:
    if (naming.objections and objection not in naming.objections) or objection in naming.never:
        return False
    if naming.form and not re.search(naming.form, found.text):
        return False
    return not naming.before or text[: found.start].rstrip().endswith(naming.before)


def _holds(text: str, name: str) -> bool:
    said, wanted = normalise(text).lower(), normalise(name).lower()
    start = said.find(wanted)
    while wanted and start >= 0:
        around = said[max(start - 1, 0) : start] + wanted[0], wanted[-1] + said[start + len(wanted) :][:1]
        if not any(len(pair) == 2 and all(map(_INSIDE_WORD.match, pair)) for pair in around):
            return True
        start = said.find(wanted, start + 1)
    return False
