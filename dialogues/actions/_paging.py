"""Long lists in pages: the items of one, and the buttons that turn it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dialogues.actions._context import MOST_DIGITS
from dialogues.actions._reply import Button, button
from dialogues.labels import label

PAGE = 8  # buttons or lines on one screen

Item = TypeVar("Item")


def page_of(items: Sequence[Item], page: str | None, size: int = PAGE) -> tuple[Sequence[Item], int, int]:
    """The items of a page, its number and the number of pages, both counted from 1."""
    number, last = place(page, len(items), size)
    return items[(number - 1) * size : number * size], number, last


def place(page: str | None, count: int, size: int = PAGE) -> tuple[int, int]:
    """The page that a button asks for and the last one, counted from 1; a page too far is the last, none the first."""
    last = max(1, -(-count // size))
    asked = int(page) if page and page.isdecimal() and len(page) <= MOST_DIGITS else 1
    return min(max(asked, 1), last), last


def page_buttons(intent: str, number: int, last: int, **entities: str) -> list[Button]:
    """Back and forth, where there is somewhere to go."""
    back = [button(label("previous_page"), intent, **entities, page=number - 1)] if number > 1 else []
    return back + ([button(label("next_page"), intent, **entities, page=number + 1)] if number < last else [])
