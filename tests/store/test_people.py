"""Who talks to the coach: one row a person, first and last visit."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sqlite_utils import Database

from store import people
from store.clock import utc_now

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=timezone.utc)
TUESDAY = MONDAY + timedelta(days=1)


def test_a_first_visit_is_noted(database: Database) -> None:
    people.remember(database, "7", "小林", MONDAY)
    [row] = database["people"].rows
    assert (row["id"], row["name"], row["role"], row["joined_at"]) == ("7", "小林", "rep", None)
    assert row["first_seen_at"] == row["last_seen_at"] == MONDAY.isoformat()


def test_a_later_visit_changes_name_and_last_time_only(database: Database) -> None:
    people.remember(database, "7", "小林", MONDAY)
    people.remember(database, "7", "林经理", TUESDAY)
    [row] = database["people"].rows
    assert (row["name"], row["first_seen_at"], row["last_seen_at"]) == (
        "林经理",
        MONDAY.isoformat(),
        TUESDAY.isoformat(),
    )


def test_a_later_visit_keeps_the_role(database: Database) -> None:
    people.remember(database, "7", "小林", MONDAY)
    database["people"].update("7", {"role": "trainer"})
    people.remember(database, "7", "小林", TUESDAY)
    assert database["people"].get("7")["role"] == "trainer"


def test_people_do_not_share_a_row(database: Database) -> None:
    people.remember(database, "7", "小林", MONDAY)
    people.remember(database, "8", "小林", MONDAY)
    assert database["people"].count == 2


def test_a_name_with_quotes_and_emoji_is_kept_as_it_is(database: Database) -> None:
    name = 'O\'Brien "老周" 😀; drop table people'
    people.remember(database, "9", name, MONDAY)
    assert database["people"].get("9")["name"] == name


def test_the_clock_knows_its_time_zone() -> None:
    assert utc_now().utcoffset() == timedelta(0)
