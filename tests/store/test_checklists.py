"""Ticks and own items: taken back, carried over, deleted, sealed, each person's own."""

from __future__ import annotations

from datetime import date, datetime, timezone

from sqlite_utils import Database

from store import checklists
from store.checklists import Ticked

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)


def test_a_tick_is_taken_back_by_the_next(database: Database) -> None:
    tick = Ticked("1", "day", "5", MONDAY)
    assert checklists.toggle(database, tick, NOW)
    assert checklists.ticked(database, "1", "day", MONDAY) == {"5"}
    assert not checklists.toggle(database, tick, NOW)
    assert checklists.ticked(database, "1", "day", MONDAY) == set()


def test_ticks_belong_to_person_list_and_period(database: Database) -> None:
    checklists.toggle(database, Ticked("1", "day", "5", MONDAY), NOW)
    assert checklists.ticked(database, "2", "day", MONDAY) == set()
    assert checklists.ticked(database, "1", "week", MONDAY) == set()
    assert checklists.ticked(database, "1", "day", TUESDAY) == set()
    assert checklists.periods(database, "1", "day") == {MONDAY}


def test_an_own_item_is_carried_over_until_it_is_done(database: Database) -> None:
    item = checklists.add(database, "1", "day", "给李姐回电话", NOW)
    assert [own.text for own in checklists.own(database, "1", "day", TUESDAY)] == ["给李姐回电话"]
    checklists.toggle(database, Ticked("1", "day", f"o{item}", TUESDAY), NOW)
    assert [own.id for own in checklists.own(database, "1", "day", TUESDAY)] == [item]
    assert checklists.own(database, "1", "day", WEDNESDAY) == []


def test_own_items_are_sealed_and_not_deleted_by_others(database: Database) -> None:
    item = checklists.add(database, "1", "day", "给李姐回电话", NOW)
    checklists.toggle(database, Ticked("1", "day", f"o{item}", MONDAY), NOW)
    assert "李姐".encode() not in next(iter(database["checklist_items"].rows))["text"]
    checklists.drop(database, "2", item)
    assert len(checklists.own(database, "1", "day", MONDAY)) == 1
    checklists.drop(database, "1", item)
    assert checklists.own(database, "1", "day", MONDAY) == []
    assert checklists.ticked(database, "1", "day", MONDAY) == set()
