"""A checklist as one person sees it in one period: what is done, what was left from the period before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.checklists.data import Checklist

PAGE_ENTRIES = 8


@dataclass(frozen=True)
class OwnItem:
    """An item that the person added; `carried` where that was in an earlier period."""

    key: str
    text: str
    carried: bool


@dataclass(frozen=True)
class Entry:
    """A line of the board; `key` is the material's number or that of an own item."""

    key: str
    title: str
    note: str
    done: bool
    left_over: bool


def entries(
    checklist: Checklist, own: Sequence[OwnItem], done: Collection[str], done_before: Collection[str]
) -> list[Entry]:
    """Own items first, then the material's in its order, which ticking does not change.

    Args:
        checklist: The list.
        own: The person's own items.
        done: Keys ticked in this period.
        done_before: Keys ticked in the period before. Where there are none the list was not in use, so nothing is
            called left over.
    """
    mine = [Entry(item.key, item.text, "", item.key in done, item.carried and item.key not in done) for item in own]
    keys = [(str(item.number), item) for item in checklist.items]
    given = [
        Entry(key, item.title, item.note, key in done, bool(done_before) and key not in {*done_before, *done})
        for key, item in keys
    ]
    return [*mine, *given]


def pages(found: Sequence[Entry]) -> list[Sequence[Entry]]:
    """The entries in pages of one phone screen; at least one page."""
    return [found[first : first + PAGE_ENTRIES] for first in range(0, len(found), PAGE_ENTRIES)] or [[]]
