"""Next steps and checklists brought up at each person's hour: once, never at night, not lost by a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlite_utils import Database
from telegram.error import Forbidden, TelegramError, TimedOut

from bot import nudges
from bot.engine import EngineUnavailable, Reply
from store import checklists, customers, people, preferences, reminded
from store.checklists import Ticked
from store.preferences import Preferences
from tests.admitting import admit

REP, MATE = "11", "12"
# A Thursday, 9:00 in Beijing.
NINE = datetime(2026, 11, 26, 1, 0, tzinfo=timezone.utc)
TODAY = date(2026, 11, 26)
HOUR = timedelta(hours=1)


class Telegram:
    """Takes messages, or fails as it is told to."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.fails: TelegramError | None = None

    async def send_message(self, chat_id: int, text: str, **more: Any) -> None:
        if self.fails:
            raise self.fails
        self.sent.append(chat_id)


class Words:
    """An engine that echoes what it is asked, or is down."""

    down = False

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        if self.down:
            raise EngineUnavailable("it is down")
        return [Reply(text)]

    async def close(self) -> None:
        return None


@pytest.fixture(autouse=True)
def staff(database: Database) -> None:
    admit(11, "小林")
    admit(12, "老周")


def step(database: Database, person: str = REP, day: date = TODAY) -> int:
    customer = replace(customers.add(database, person, "张总", NINE - 24 * HOUR), remind_on=day)
    customers.keep(database, customer, NINE)
    return customer.id


def tick(database: Database, list_id: str, day: date, item: str = "4", person: str = REP) -> None:
    checklists.toggle(database, Ticked(person, list_id, item, day), NINE)


async def send(telegram: Telegram, now: datetime, words: Words | None = None) -> list[int]:
    """Whom a tick at this moment reaches."""
    telegram.sent = []
    await nudges.send_due(telegram, words or Words(), now, local=False)  # type: ignore[arg-type]
    return telegram.sent


async def test_a_next_step_comes_on_its_day_at_the_hour_once(database: Database) -> None:
    step(database)
    telegram = Telegram()
    for hours, reached in ((-24, []), (-1, []), (0, [11]), (1, []), (24, [])):
        assert await send(telegram, NINE + hours * HOUR) == reached, hours


async def test_the_hour_is_the_persons_own(database: Database) -> None:
    step(database)
    step(database, MATE)
    preferences.save(database, MATE, Preferences(zone="America/New_York", reminder_hour=7, quiet_until=7))
    telegram = Telegram()
    assert await send(telegram, NINE) == [11], "in New York it is still Wednesday"
    assert await send(telegram, datetime(2026, 11, 26, 12, 0, tzinfo=timezone.utc)) == [12]


async def test_never_in_quiet_hours(database: Database) -> None:
    step(database)
    preferences.save(database, REP, Preferences(reminder_hour=7, quiet_from=22, quiet_until=10))
    assert await send(Telegram(), NINE) == []
    assert await send(Telegram(), NINE + HOUR) == [11]


async def test_a_day_that_nobody_served_is_made_up_for(database: Database) -> None:
    step(database)
    assert await send(Telegram(), NINE + 30 * HOUR) == [11]


async def test_who_left_or_blocked_is_left_in_peace(database: Database) -> None:
    step(database)
    step(database, MATE)
    people.remove(database, MATE, NINE)
    telegram = Telegram()
    telegram.fails = Forbidden("blocked")
    await send(telegram, NINE)
    telegram.fails = None
    assert await send(telegram, NINE + HOUR) == []


async def test_in_doubt_it_comes_once_more_and_no_third_time(database: Database) -> None:
    step(database)
    telegram = Telegram()
    telegram.fails = TimedOut()
    await send(telegram, NINE)
    telegram.fails = None
    assert await send(telegram, NINE + timedelta(minutes=1)) == [], "it may be under way in another process"
    assert await send(telegram, NINE + timedelta(minutes=6)) == [11]
    assert await send(telegram, NINE + HOUR) == []


async def test_while_the_engine_is_down_nothing_is_lost(database: Database) -> None:
    step(database)
    words = Words()
    words.down = True
    assert await send(Telegram(), NINE, words) == []
    words.down = False
    assert await send(Telegram(), NINE + timedelta(minutes=5), words) == [11]


def test_of_two_processes_one_takes_it_up(database: Database) -> None:
    reminder = reminded.Reminder(REP, "customer.1", "2026-11-26")
    assert reminded.take_up(database, reminder, NINE)
    assert not reminded.take_up(database, reminder, NINE)


async def test_the_day_list_is_brought_up_where_it_is_in_use_and_open(database: Database) -> None:
    assert list(nudges.due(NINE, local=False)) == []
    tick(database, "day", TODAY - timedelta(days=1))
    [found] = nudges.due(NINE, local=False)
    assert '"list": "day"' in found.payload
    telegram = Telegram()
    assert await send(telegram, NINE) == [11]
    assert await send(telegram, NINE + HOUR) == []
    assert await send(telegram, NINE + 24 * HOUR) == [11]
    assert await send(telegram, NINE + 48 * HOUR) == [], "on Saturday nobody is asked"


async def test_longer_lists_come_towards_the_end_of_their_period_once(database: Database) -> None:
    tick(database, "month", date(2026, 11, 1))
    telegram = Telegram()
    reached = [day for day in range(24, 31) if await send(telegram, datetime(2026, 11, day, 2, tzinfo=timezone.utc))]
    assert reached == [27]


async def test_an_own_item_counts_and_the_switch_turns_it_off(database: Database) -> None:
    checklists.add(database, REP, "day", "给李姐回电话", NINE)
    assert len(list(nudges.due(NINE, local=False))) == 1
    preferences.save(database, REP, Preferences(lists=False))
    assert list(nudges.due(NINE, local=False)) == []


def test_people_of_the_chat_page_are_apart(database: Database) -> None:
    step(database)
    assert list(nudges.due(NINE, local=True)) == []
