"""A manager's week: on Monday at the own hour, never at night, once whatever fails; the clock is the test's own."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlite_utils import Database
from telegram.ext import ExtBot

from bot import weekly
from bot.engine import EngineUnavailable
from store import people, preferences, weekly_reports
from store.preferences import Preferences
from tests.admitting import admit
from tests.bot.small_bot import SmallBot

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=timezone.utc)  # Monday, 9:00 in Beijing
HOUR = timedelta(hours=1)
EAST, WEST = "700101", "700102"


@pytest.fixture(autouse=True)
def staff(database: Database) -> None:
    """Two managers of two teams, one of them in New York; an admin without people."""
    admit(int(EAST), "东经理", people.MANAGER, "华东")
    admit(int(WEST), "西经理", people.MANAGER, "华西")
    admit(700_111, "小林", people.REP, "华东")
    admit(700_112, "老吴", people.REP, "华西")
    preferences.save(database, WEST, Preferences(zone="America/New_York"))


def due(now: datetime, local: bool = False) -> list[str]:
    return [report.manager.id for report in weekly.due(now, local)]


def test_on_monday_at_each_managers_own_hour() -> None:
    assert due(NINE - HOUR) == []
    assert due(NINE) == [EAST]
    assert due(NINE + 13 * HOUR) == [WEST], "nine in New York; in Beijing it is night"
    assert due(NINE + 29 * HOUR) == [], "Tuesday everywhere"
    assert due(NINE, local=True) == []


def test_only_for_managers_who_want_it_and_have_reps(database: Database) -> None:
    preferences.save(database, EAST, Preferences(weekly=False))
    assert due(NINE) == []
    preferences.save(database, EAST, Preferences())
    people.remove(database, "700111", NINE)
    assert due(NINE) == []


def test_quiet_hours_come_first(database: Database) -> None:
    preferences.save(database, EAST, Preferences(reminder_hour=7, quiet_until=9))
    assert due(NINE - HOUR) == []
    assert due(NINE) == [EAST]


async def deliver(bot: SmallBot, now: datetime) -> None:
    for report in weekly.due(now, local=False):
        await weekly.deliver(bot_of(bot), bot.engine, report, now)


def bot_of(bot: SmallBot) -> ExtBot[int]:
    made: ExtBot[int] = bot.application.bot
    return made


async def test_it_comes_once_however_often_it_is_looked_for(small_bot: SmallBot, database: Database) -> None:
    small_bot.telegram.add_person(int(EAST), "东经理")
    for hour in range(3):
        await deliver(small_bot, NINE + hour * HOUR)
    assert len(small_bot.telegram.messages(int(EAST))) == 1
    assert small_bot.engine.asked == [(f"week:{EAST}", "/show_week")]
    await deliver(small_bot, NINE + timedelta(days=7))
    assert len(small_bot.telegram.messages(int(EAST))) == 2


async def test_a_second_process_and_a_clock_set_back_double_nothing(small_bot: SmallBot, database: Database) -> None:
    small_bot.telegram.add_person(int(EAST), "东经理")
    [report] = weekly.due(NINE, local=False)
    for now in (NINE, NINE, NINE - HOUR / 2):
        await weekly.deliver(bot_of(small_bot), small_bot.engine, report, now)
    assert len(small_bot.telegram.messages(int(EAST))) == 1


async def test_what_a_killed_process_took_up_is_sent_later(small_bot: SmallBot, database: Database) -> None:
    small_bot.telegram.add_person(int(EAST), "东经理")
    assert weekly_reports.begin(database, EAST, NINE.date(), NINE)
    await deliver(small_bot, NINE + HOUR / 12)
    assert small_bot.telegram.messages(int(EAST)) == []
    await deliver(small_bot, NINE + HOUR)
    assert len(small_bot.telegram.messages(int(EAST))) == 1


async def test_no_answer_is_tried_again_and_given_up_at_last(small_bot: SmallBot, database: Database) -> None:
    small_bot.engine.error = EngineUnavailable("out of order")
    for hour in range(6):
        await deliver(small_bot, NINE + hour * HOUR)
    [row] = list(database["weekly_reports"].rows)
    assert row["tries"] == weekly_reports.MAX_TRIES


async def test_who_blocked_the_bot_is_left_alone(small_bot: SmallBot, database: Database) -> None:
    small_bot.telegram.add_person(int(EAST), "东经理")
    small_bot.telegram.block(int(EAST))
    for hour in range(3):
        await deliver(small_bot, NINE + hour * HOUR)
    [row] = list(database["weekly_reports"].rows)
    assert (row["state"], row["tries"]) == ("given_up", 1)
