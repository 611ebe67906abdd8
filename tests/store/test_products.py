"""Product cards in the database: names are unique, files all or nothing, every write leaves a trace."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from sqlite_utils import Database

from store import audit, products
from store.products import NEW, Draft, NameTaken

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
TILE, WOOD = {"name": "云境 A8"}, {"name": "青石 B2"}


def names(database: Database) -> list[str]:
    return [product.values["name"] for product in products.every(database)]


def test_a_card_is_kept_changed_and_dropped_and_each_is_noted(database: Database) -> None:
    kept = products.save(database, "2", NEW, TILE, NOW)
    products.save(database, "2", kept.id, {**TILE, "price": "1 元"}, NOW)
    assert products.get(database, kept.id) == products.Product(kept.id, {**TILE, "price": "1 元"})
    assert products.drop(database, "2", kept.id, NOW)
    assert not products.drop(database, "2", kept.id, NOW)
    deeds = [(entry.actor, entry.action, entry.target, entry.detail) for entry in audit.entries(database)]
    target = f"product:{kept.id}"
    assert deeds == [("2", deed, target, "云境 A8") for deed in ("drop_product", "change_product", "add_product")]


def test_two_cards_cannot_have_one_name(database: Database) -> None:
    first = products.save(database, "2", NEW, TILE, NOW)
    second = products.save(database, "2", NEW, WOOD, NOW)
    with pytest.raises(NameTaken):
        products.save(database, "2", NEW, {"name": "云境A8"}, NOW)
    with pytest.raises(NameTaken):
        products.save(database, "2", second.id, {"name": "云境 a8"}, NOW)
    products.save(database, "2", first.id, {"name": "云境 a8"}, NOW)
    assert names(database) == ["云境 a8", "青石 B2"]


def test_a_file_changes_known_products_and_adds_the_others(database: Database) -> None:
    known = products.save(database, "2", NEW, TILE, NOW)
    products.save_all(database, "2", [{"name": "云境A8", "price": "2 元"}, WOOD], NOW)
    assert [product.id for product in products.every(database)] == [known.id, known.id + 1]
    assert names(database) == ["云境A8", "青石 B2"]


def test_a_file_that_fails_leaves_everything_as_it_was(database: Database) -> None:
    with pytest.raises(KeyError):
        products.save_all(database, "2", [TILE, {}], NOW)
    assert names(database) == []
    assert audit.entries(database) == []


def test_what_a_person_sells_goes_with_the_card(database: Database) -> None:
    kept = products.save(database, "2", NEW, TILE, NOW)
    products.choose(database, "11", kept.id)
    assert products.chosen(database, "11") == kept.id
    products.drop(database, "2", kept.id, NOW)
    assert products.chosen(database, "11") is None


def test_drafts_and_files_are_each_persons_own(database: Database) -> None:
    products.save_draft(database, "2", Draft(NEW, "", "price", TILE), NOW)
    products.save_draft(database, "2", Draft(NEW, "price", "years", TILE), NOW)
    products.hold_file(database, "2", "a.csv", [TILE, WOOD], NOW)
    assert products.draft_of(database, "2") == Draft(NEW, "price", "years", TILE)
    assert products.held_file(database, "2") == ("a.csv", [TILE, WOOD])
    assert products.draft_of(database, "3") is products.held_file(database, "3") is None
    products.drop_draft(database, "2")
    products.drop_file(database, "2")
    assert products.draft_of(database, "2") is products.held_file(database, "2") is None
