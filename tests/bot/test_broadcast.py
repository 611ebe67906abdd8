"""Tips to many on the local Bot API server: each person once, whatever fails; the clock is the test's own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlite_utils import Database
from telegram.ext import ExtBot

from bot.broadcast import Broadcast
from bot.engine import Reply
from bot.localchat import LocalTelegram
from bot.patience import PatientLimiter
from store import deliveries, own_tips, people, plans, preferences, teams
from store.plan_times import Rhythm
from store.plans import Plan
from store.preferences import Preferences
from store.receivers import TEAM, WEAK, Audience, receivers

TOKEN = "10000:token-of-the-tips-0000000000000000000"
MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=timezone.utc)  # Monday, 10:00 in Shanghai
TODAY = date(2026, 3, 2)
MANAGER = "800"


class Sender:
    """A bot with receivers on a local Telegram, and a clock that stands until it is moved."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = MORNING
        self.telegram = LocalTelegram(token=TOKEN)

    async def start(self) -> None:
        await self.telegram.start(port=0)
        base, files = self.telegram.base_url, self.telegram.base_file_url
        self.bot = ExtBot(TOKEN, base_url=base, base_file_url=files, rate_limiter=PatientLimiter())
        await self.bot.initialize()
        self.restart()
        self.team = teams.create(self.database, "华东一队", self.now)
        people.admit(self.database, MANAGER, "王经理", people.ADMIN, self.now)

    async def stop(self) -> None:
        await self.bot.shutdown()
        await self.telegram.stop()

    def restart(self) -> None:
        """A new process: nothing is left but the database."""
        self.broadcast = Broadcast(self.bot, self, clock=lambda: self.now)

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        """Stands in for the engine, which settles the tip of a plan's day."""
        asked = json.loads(text.partition("pick_tip")[2])
        plans.issue(self.database, int(asked["plan"]), date.fromisoformat(asked["day"]), "price_split_the_sum")
        return [Reply("☀️ 小贴士：把总价拆开")]

    async def close(self) -> None:
        return None

    def person(self, number: int) -> int:
        self.telegram.add_person(number, f"同事{number}")
        people.admit(self.database, str(number), f"同事{number}", people.REP, MORNING - timedelta(days=1))
        teams.join(self.database, str(number), self.team.id)
        return number

    def plan(self, rhythm: Rhythm = Rhythm.NOW, hour: int = 9, tip: str = plans.SURPRISE) -> Plan:
        draft = plans.draft(self.database, str(self.bot.id), MANAGER, rhythm, TODAY, self.now)
        plans.change(self.database, draft, hour=hour, tip=tip, audience=Audience(TEAM, str(self.team.id)))
        plans.confirm(self.database, draft.id, self.now)
        plan = plans.get(self.database, draft.id)
        assert plan is not None
        self.broadcast.begin(plan, self.now)
        return plan

    async def send(self) -> None:
        """One tick, and all that it sends."""
        deliveries.after_crash(self.database, self.now)
        self.broadcast.plan_due(self.now)
        await self.broadcast.send_due()

    def got(self, person: int) -> int:
        return len(self.telegram.messages(person))

    def states(self) -> list[str]:
        return [row["state"] for row in self.database.query("select state from deliveries order by person_id")]


@pytest.fixture
async def sender(database: Database) -> AsyncIterator[Sender]:
    subject = Sender(database)
    await subject.start()
    yield subject
    await subject.stop()


async def test_everybody_gets_it_once_however_often_it_ticks(sender: Sender) -> None:
    team = [sender.person(number) for number in (901, 902, 903)]
    plan = sender.plan()
    for _ in range(3):
        await sender.send()
        sender.restart()
    assert [sender.got(one) for one in team] == [1, 1, 1]
    assert deliveries.report(sender.database, plan.id).sent == 3


async def test_a_daily_plan_comes_each_day_at_its_hour_and_not_before(sender: Sender) -> None:
    one = sender.person(901)
    sender.plan(Rhythm.DAILY, hour=11)
    await sender.send()
    assert sender.got(one) == 0
    for count in (1, 2):
        sender.now += timedelta(hours=1)
        await sender.send()
        await sender.send()
        assert sender.got(one) == count
        sender.now += timedelta(hours=23)


async def test_what_fell_due_while_nobody_served_is_sent_for_some_hours(sender: Sender) -> None:
    one = sender.person(901)
    sender.plan(Rhythm.DAILY, hour=11)
    sender.restart()
    sender.now += timedelta(hours=4)
    await sender.send()
    assert sender.got(one) == 1
    sender.restart()
    sender.now += timedelta(hours=20, minutes=30)  # the day after, 10:30; eleven hours later nobody is bothered
    sender.restart()
    sender.now += timedelta(hours=8)
    await sender.send()
    assert sender.got(one) == 1


async def test_a_clock_that_is_set_back_sends_nothing_twice(sender: Sender) -> None:
    one = sender.person(901)
    sender.plan(Rhythm.DAILY, hour=11)
    for minutes in (90, -60, 30, 30, 30):
        sender.now += timedelta(minutes=minutes)
        await sender.send()
    assert sender.got(one) == 1


async def test_in_quiet_hours_it_waits_until_morning(sender: Sender) -> None:
    one = sender.person(901)
    sender.now = datetime(2026, 3, 2, 15, 30, tzinfo=timezone.utc)  # 23:30 in Shanghai
    sender.plan()
    await sender.send()
    assert sender.got(one) == 0
    sender.now += timedelta(hours=8, minutes=30)
    await sender.send()
    assert sender.got(one) == 1


async def test_who_blocked_the_bot_is_set_aside_until_they_write_again(sender: Sender) -> None:
    blocker, other = sender.person(901), sender.person(902)
    sender.telegram.block(blocker)
    plan = sender.plan()
    await sender.send()
    assert sender.states() == ["blocked", "sent"]
    assert deliveries.report(sender.database, plan.id).reasons == (("blocked", 1),)
    sender.telegram.block(blocker, blocked=False)
    sender.plan()
    await sender.send()
    assert [sender.got(blocker), sender.got(other)] == [0, 2]
    sender.now += timedelta(minutes=5)
    people.remember(sender.database, str(blocker), "同事", sender.now)
    sender.plan()
    await sender.send()
    assert sender.got(blocker) == 1


async def test_a_server_error_is_tried_again_after_a_pause_and_holds_up_nobody(sender: Sender) -> None:
    one, other = sender.person(901), sender.person(902)
    sender.telegram.faults.fail("sendMessage", code=502, chat_id=one)
    sender.plan()
    await sender.send()
    assert [sender.got(one), sender.got(other)] == [0, 1]
    await sender.send()
    assert sender.got(one) == 0, "not at once"
    sender.now += timedelta(minutes=1)
    await sender.send()
    assert sender.got(one) == 1


async def test_at_last_it_is_given_up_and_says_why(sender: Sender) -> None:
    one = sender.person(901)
    sender.telegram.faults.fail("sendMessage", times=99, code=500, chat_id=one)
    plan = sender.plan()
    for _ in range(8):
        await sender.send()
        sender.now += timedelta(minutes=20)
    report = deliveries.report(sender.database, plan.id)
    assert (report.failed, report.waiting, report.reasons) == (1, 0, (("network", 1),))
    assert len(sender.telegram.calls_of("sendMessage")) == deliveries.MAX_TRIES


async def test_too_many_requests_is_obeyed(sender: Sender) -> None:
    people_ = [sender.person(number) for number in (901, 902)]
    sender.telegram.faults.fail("sendMessage", code=429, retry_after=1)
    sender.plan()
    await sender.send()
    assert [sender.got(one) for one in people_] == [1, 1]


async def test_a_crash_between_sending_and_the_mark_leaves_one_doubt_that_is_sent_once_more(sender: Sender) -> None:
    people_ = [sender.person(number) for number in (901, 902)]
    plan = sender.plan()
    [first, _] = deliveries.due(sender.database, plan.bot_id, sender.now, 9)
    assert deliveries.begin(sender.database, first, sender.now)
    assert not deliveries.begin(sender.database, first, sender.now), "a second process does not take it up"
    sender.restart()
    await sender.send()
    assert [sender.got(one) for one in people_] == [0, 1]
    sender.now += deliveries.LEASE
    await sender.send()
    assert [sender.got(one) for one in people_] == [1, 1]
    assert sender.states() == ["sent", "sent"]


async def test_two_processes_at_the_same_time_send_each_tip_once(sender: Sender) -> None:
    people_ = [sender.person(number) for number in range(901, 909)]
    plan = sender.plan()
    other = Broadcast(sender.bot, sender, clock=lambda: sender.now)
    other.begin(plan, sender.now)
    await asyncio.gather(sender.send(), other.send_due())
    assert [sender.got(one) for one in people_] == [1] * len(people_)
    assert deliveries.report(sender.database, plan.id).planned == len(people_)


async def test_the_day_on_which_clocks_are_changed_has_one_tip(sender: Sender) -> None:
    one = sender.person(901)
    preferences.save(sender.database, str(one), Preferences(zone="Europe/Berlin", quiet_from=0, quiet_until=0))
    sender.now = datetime(2026, 3, 28, 12, tzinfo=timezone.utc)  # the night after, 2:00 becomes 3:00
    sender.plan(Rhythm.DAILY, hour=2)
    for hour in range(24):
        sender.now = datetime(2026, 3, 28, 18, tzinfo=timezone.utc) + timedelta(hours=hour / 2)
        await sender.send()
        expected = sender.now >= datetime(2026, 3, 29, 1, tzinfo=timezone.utc)
        assert sender.got(one) == expected, sender.now


async def test_a_clock_that_leaps_ahead_and_back_loses_and_doubles_nothing(sender: Sender) -> None:
    one = sender.person(901)
    sender.plan(Rhythm.DAILY, hour=11)
    for hours in (3, 26, -27, 1, 1, 22, 1, 1):
        sender.now += timedelta(hours=hours)
        await sender.send()
        sender.restart()
    days = [row["day"] for row in sender.database.query("select day from deliveries order by day")]
    assert days == sorted(set(days))
    assert sender.got(one) == len(days) == 2


async def test_those_who_are_weak_at_the_time_of_sending_get_it(sender: Sender) -> None:
    weak, strong, new = (sender.person(number) for number in (901, 902, 903))
    for person, total in ((weak, 30), (strong, 80)):
        row = {"person_id": str(person), "turn": 1, "try": 1, "counts": 1, "objection": "no_need", "total": total}
        sender.database["attempts"].insert({**row, "answered_at": sender.now.isoformat()})
    manager = people.member(sender.database, MANAGER)
    assert manager is not None
    for value, expected in (("o.no_need.6.60", [str(weak)]), ("o.too_expensive.6.60", []), ("no_need", [])):
        found = receivers(sender.database, manager.id, Audience(WEAK, value))
        assert [one.person_id for one in found] == expected, value
    assert sender.got(new) == 0


async def test_no_answer_from_telegram_twice_stays_a_doubt(sender: Sender) -> None:
    one = sender.person(901)
    sender.telegram.faults.lose_reply("sendMessage", times=9)
    plan = sender.plan()
    for _ in range(4):
        await sender.send()
        sender.now += timedelta(hours=1)
    assert sender.got(one) == 2
    assert deliveries.report(sender.database, plan.id).doubtful == 1


async def test_a_cancelled_plan_sends_nothing_more(sender: Sender) -> None:
    one = sender.person(901)
    plan = sender.plan()
    assert plans.cancel(sender.database, plan.id)
    await sender.send()
    assert sender.got(one) == 0
    assert deliveries.report(sender.database, plan.id).planned == 0


async def test_a_managers_own_tip_with_a_picture(sender: Sender) -> None:
    one = sender.person(901)
    sender.telegram.send_media(one, "photo")
    picture = sender.telegram.messages(one)[-1]["photo"][-1]["file_id"]
    own = own_tips.write(sender.database, MANAGER, 0, "报价先拆开讲。", picture, sender.now)
    sender.plan(tip=own.key)
    await sender.send()
    message = sender.telegram.messages(one)[-1]
    assert message["caption"] == "报价先拆开讲。"
    assert message["photo"]


async def test_nothing_goes_to_other_teams_nor_to_who_was_removed(sender: Sender) -> None:
    stays, leaves = sender.person(901), sender.person(902)
    sender.telegram.add_person(903, "别队的")
    people.admit(sender.database, "903", "别队的", people.REP, sender.now)
    sender.plan()
    people.remove(sender.database, str(leaves), sender.now)
    await sender.send()
    assert [sender.got(one) for one in (stays, leaves, 903)] == [1, 0, 0]


async def test_a_manager_who_is_one_no_longer_sends_nothing(sender: Sender) -> None:
    one = sender.person(901)
    people.admit(sender.database, "801", "另一位", people.ADMIN, sender.now)
    sender.plan(Rhythm.DAILY, hour=11)
    people.set_role(sender.database, MANAGER, people.REP)
    sender.now += timedelta(hours=2)
    await sender.send()
    assert sender.got(one) == 0


async def test_each_gets_it_at_nine_of_the_own_clock_and_who_wants_none_gets_none(sender: Sender) -> None:
    here, there, never = (sender.person(number) for number in (901, 902, 903))
    preferences.save(sender.database, str(there), Preferences(zone="Europe/Berlin"))
    preferences.save(sender.database, str(never), Preferences(tips=False))
    sender.now = datetime(2026, 3, 1, 23, tzinfo=timezone.utc)
    sender.plan(Rhythm.DAILY, hour=9)
    for utc_hour, expected in ((1, [1, 0, 0]), (7, [1, 0, 0]), (8, [1, 1, 0])):
        sender.now = datetime(2026, 3, 2, utc_hour, tzinfo=timezone.utc)
        await sender.send()
        assert [sender.got(one) for one in (here, there, never)] == expected
