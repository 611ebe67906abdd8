"""Checklists as one person sees them on a day: knowledge and store joined, for actions and for the bot's reminders."""

from __future__ import annotations

from datetime import date

from knowledge.checklists.board import Entry, OwnItem, entries
from knowledge.checklists.data import Checklist, checklists
from knowledge.checklists.periods import Period, before, is_in_use, is_near_its_end, start_of
from store import checklists as kept
from store import preferences
from store.clock import utc_now
from store.database import database

OWN = "o"  # keys of own items begin with it


def today(person_id: str) -> date:
    """The date on the person's wall."""
    return preferences.of(database(), person_id).local(utc_now()).date()


def own_items(person_id: str, checklist: Checklist, day: date) -> list[OwnItem]:
    """Own items of the day's period, those of before carried over."""
    start, wants = start_of(Period(checklist.id), day), preferences.of(database(), person_id)
    return [
        OwnItem(f"{OWN}{item.id}", item.text, wants.local(item.added_at).date() < start)
        for item in kept.own(database(), person_id, checklist.id, start)
    ]


def board(person_id: str, checklist: Checklist, day: date) -> list[Entry]:
    """What the person sees of a list on a day."""
    period, store = Period(checklist.id), database()
    start = start_of(period, day)
    done = kept.ticked(store, person_id, checklist.id, start)
    done_before = kept.ticked(store, person_id, checklist.id, before(period, start))
    return entries(checklist, own_items(person_id, checklist, day), done, done_before)


def to_remind(person_id: str, day: date) -> list[Checklist]:
    """The lists that end soon, are in use and have open items; what nobody uses nobody is reminded of."""
    return [one for one in checklists().values() if _ends_soon(one, day) and _is_open(person_id, one, day)]


def _ends_soon(checklist: Checklist, day: date) -> bool:
    return is_near_its_end(Period(checklist.id), day, checklist.remind)


def _is_open(person_id: str, checklist: Checklist, day: date) -> bool:
    found = board(person_id, checklist, day)
    periods = kept.periods(database(), person_id, checklist.id)
    in_use = is_in_use(Period(checklist.id), max(periods, default=None), day)
    own = any(entry.key.startswith(OWN) and not entry.done for entry in found)
    return (in_use or own) and not all(entry.done for entry in found)
