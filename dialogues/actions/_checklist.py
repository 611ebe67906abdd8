"""The screen of one checklist, shared by the actions that show one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._paging import page_buttons
from dialogues.actions._reply import Button, button, say, show_in_place
from dialogues.boards import board, today
from dialogues.labels import label, labels
from knowledge.checklists.board import Entry, pages
from knowledge.checklists.data import Checklist, checklists
from knowledge.checklists.periods import Period, start_of, streak
from knowledge.loader import knowledge
from knowledge.wording import cite
from store import checklists as kept
from store.database import database

MOST_CHARACTERS, MOST_OWN = 20, 20
TITLE_CHARACTERS = 18
LEFT_SHOWN = 3


def named(tracker: Tracker) -> tuple[Checklist | None, str, int]:
    """The list, item and page that a button names: `day`, `day.13`, page from 1."""
    list_id, _, item = (context.entity(tracker, "item") or context.entity(tracker, "list") or "").partition(".")
    page = context.entity(tracker, "page") or ""
    return checklists().get(list_id), item, int(page) if page.isdecimal() else 1


def show(dispatcher: CollectingDispatcher, tracker: Tracker, checklist: Checklist, page: int = 1) -> None:
    """Show one page of a list, in the message whose button was pressed."""
    person = context.person(tracker)
    found = board(person, checklist, today(person))
    parts = pages(found)
    page = min(max(page, 1), len(parts))
    say(
        dispatcher,
        "utter_list",
        checklist.sources,
        [*_ticks(checklist, parts[page - 1], page), *_around(checklist, page, len(parts))],
        page=page,
        pages=len(parts),
        notes=_notes(checklist, parts[page - 1], page == len(parts)),
        **_standing(tracker, checklist, found),
    )
    show_in_place(dispatcher)


def _standing(tracker: Tracker, checklist: Checklist, found: Sequence[Entry]) -> dict[str, Any]:
    period = Period(checklist.id)
    left = [entry.title for entry in found if entry.left_over]
    shown = "、".join(left[:LEFT_SHOWN])
    start = start_of(period, today(context.person(tracker)))
    return {
        "title": checklist.title,
        "from": label("day" if period is Period.DAY else "from_day", month=start.month, day=start.day),
        "done": sum(entry.done for entry in found),
        "count": len(found),
        "streak": _streak(context.person(tracker), checklist) or None,
        "unit": labels("units")[checklist.id],
        "left": label("and_more_items", items=shown, count=len(left)) if len(left) > LEFT_SHOWN else shown,
        "source": cite(checklist.sources, knowledge(), limit=1),
    }


def _ticks(checklist: Checklist, shown: Sequence[Entry], page: int) -> list[Button]:
    return [
        button(f"{_mark(entry)} {short(entry.title)}", "check_item", item=f"{checklist.id}.{entry.key}", page=page)
        for entry in shown
    ]


def _mark(entry: Entry) -> str:
    return "✅" if entry.done else "↪" if entry.left_over else "⬜"


def short(title: str) -> str:
    """A title for a button."""
    return title if len(title) <= TITLE_CHARACTERS else title[: TITLE_CHARACTERS - 1] + "…"


def _around(checklist: Checklist, page: int, count: int) -> list[Button]:
    return [
        *page_buttons("show_list", page, count, list=checklist.id),
        button(label("add_item"), "add_item", list=checklist.id),
        button(label("drop_item"), "drop_item", list=checklist.id),
        button(label("other_list"), "show_list"),
    ]


def _notes(checklist: Checklist, shown: Sequence[Entry], is_last: bool) -> str:
    """What was changed in the items shown; on the last page also what was left out."""
    lines = [f"⚖️ {entry.title}：{entry.note}" for entry in shown if entry.note]
    return "\n".join(lines + [f"🚫 {item.why}" for item in checklist.left_out if is_last])


def _streak(person_id: str, checklist: Checklist) -> int:
    """How many periods in a row something was ticked."""
    return streak(Period(checklist.id), kept.periods(database(), person_id, checklist.id), today(person_id))
