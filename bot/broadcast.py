"""Sends planned tips: ticks each minute, one message after another, so that a crash leaves at most one in doubt.

    tick(now) ─→ plan what fell due since the last tick ─→ send what is due, in a task of its own
    person by person: take up → ask Telegram → mark sent, failed, blocked or doubtful (store/deliveries.py)

The pace is the rate limiter's (bot/patience.py), which answers to people share; they wait behind one tip at most.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot

from bot.conversation import ENGINE
from bot.engine import Engine, EngineUnavailable
from bot.patience import not_carried_out
from bot.tip_message import Message, message_of
from store import deliveries, plans
from store.clock import utc_now
from store.database import database
from store.deliveries import Delivery
from store.plan_times import Receiver, Rhythm, due_at
from store.plans import Plan
from store.receivers import receiver

LOGGER = logging.getLogger(__name__)
TICK_S, FIRST_TICK_S = 60, 10
BROADCAST = "broadcast"
# What fell due while nobody served is still sent after so long a time, not later: a tip is for its day.
GRACE = timedelta(hours=6)
BATCH = 50


class Broadcast:
    """The tips of one bot."""

    def __init__(self, bot: ExtBot[int], engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._bot = bot
        self._engine = engine
        self._clock = clock
        self._planned_until: datetime | None = None
        self._messages: dict[tuple[int, date], Message] = {}
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def _bot_id(self) -> str:
        return str(self._bot.id)

    def tick(self, now: datetime) -> None:
        """Plan what fell due, and send unless sending is under way."""
        deliveries.after_crash(database(), now)
        self.plan_due(now)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self.send_due())

    async def stop(self) -> None:
        """Finish the message under way; the rest waits in the database."""
        self._stopping = True
        if self._task:
            await asyncio.wait({self._task})

    def begin(self, plan: Plan, now: datetime) -> None:
        """Plan what a plan that was just confirmed sends at once; the caller ticks."""
        if plan.rhythm is Rhythm.NOW:
            rows = [
                (one.person_id, one.wants.local(now).date(), one.not_before(now))
                for one in plans.receivers_of(database(), plan)
            ]
            deliveries.plan(database(), plan.id, rows)

    def plan_due(self, now: datetime) -> None:
        """Plan the deliveries that fell due since the last time; a clock that jumps changes nothing but the delay."""
        since = max(min(self._planned_until or now - GRACE, now), now - GRACE)
        self._planned_until = now
        for plan in plans.active(database(), self._bot_id):
            if plan.rhythm is not Rhythm.NOW:
                rows = [
                    (one.person_id, day, due)
                    for one in plans.receivers_of(database(), plan)
                    for day, due in _fell_due(plan, one, since, now)
                ]
                deliveries.plan(database(), plan.id, rows)

    async def send_due(self) -> None:
        """Send everything whose turn it is."""
        while not self._stopping:
            batch = deliveries.due(database(), self._bot_id, self._clock(), BATCH)
            for delivery in batch:
                if self._stopping or not await self._deliver(delivery):
                    return
            if not batch:
                return

    async def _deliver(self, delivery: Delivery) -> bool:
        """Whether to go on with the next one."""
        person, now = receiver(database(), delivery.person_id), self._clock()
        if person is None:
            deliveries.left_out(database(), delivery, now)
            return True
        awake = person.not_before(now)
        if awake > now:
            deliveries.postpone(database(), delivery, awake)
            return True
        try:
            message = await self._message(delivery)
        except EngineUnavailable as error:
            LOGGER.error("tip of plan %s could not be prepared: %s", delivery.plan_id, error)
            return False
        if deliveries.begin(database(), delivery, self._clock()):
            return await self._send(delivery, message)
        return True

    async def _send(self, delivery: Delivery, message: Message) -> bool:
        try:
            message_id = await message.send(self._bot, int(delivery.person_id))
        except RetryAfter as error:
            deliveries.postpone(database(), delivery, self._clock() + _pause(error))
            return False
        except TelegramError as error:
            self._note(delivery, error)
        else:
            deliveries.sent(database(), delivery, message.tip_id, message_id, self._clock())
        return True

    def _note(self, delivery: Delivery, error: TelegramError) -> None:
        LOGGER.info("delivery %s failed: %s", delivery.id, type(error).__name__)
        now = self._clock()
        if isinstance(error, Forbidden):
            deliveries.blocked(database(), delivery, "blocked", now)
        elif isinstance(error, BadRequest):
            reason = "not_found" if "not found" in error.message.lower() else "refused"
            deliveries.failed(database(), delivery, reason, now, for_good=True)
        elif isinstance(error, NetworkError) and not not_carried_out(error):
            deliveries.doubtful(database(), delivery, now)
        else:
            deliveries.failed(database(), delivery, "network", now)

    async def _message(self, delivery: Delivery) -> Message:
        key = (delivery.plan_id, delivery.day)
        if key not in self._messages:
            plan = plans.get(database(), delivery.plan_id)
            assert plan is not None
            self._messages = {key: await message_of(self._engine, plan, delivery.day)}
        return self._messages[key]


def schedule(application: Application) -> None:  # type: ignore[type-arg]
    """Tick while the application runs; the first time soon, for what an earlier process left."""
    application.bot_data[BROADCAST] = Broadcast(application.bot, application.bot_data[ENGINE])
    assert application.job_queue is not None
    application.job_queue.run_repeating(_tick, TICK_S, first=FIRST_TICK_S, name=BROADCAST)


def of(application: Application) -> Broadcast:  # type: ignore[type-arg]
    """The tips of this application's bot."""
    broadcast: Broadcast = application.bot_data[BROADCAST]
    return broadcast


async def _tick(context: ContextTypes.DEFAULT_TYPE) -> None:
    of(context.application).tick(utc_now())


def _fell_due(plan: Plan, person: Receiver, since: datetime, now: datetime) -> list[tuple[date, datetime]]:
    """(day, due time) of the receiver's days whose due time has come after `since`; quiet hours may pass midnight."""
    assert plan.confirmed_at is not None
    today = person.wants.local(now).date()
    found = []
    for day in (today - timedelta(days=1), today):
        due = due_at(person, plan.rhythm, plan.hour, plan.starts_on, day)
        if due and max(since, plan.confirmed_at) < due <= now:
            found.append((day, due))
    return found


def _pause(error: RetryAfter) -> timedelta:
    asked = error.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)
