"""Next steps with customers and open checklists, brought up at each person's own hour, never in quiet hours.

    due(now) ─→ the engine words it → take up (store/reminded.py) → send once → mark sent

A process that dies in between, or a Telegram that does not answer, costs at most one more copy, never the reminder.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot import rendering
from bot.conversation import ENGINE
from bot.engine import Engine, EngineUnavailable
from bot.handlers.gate import is_local_bot
from bot.patience import ONCE
from dialogues.boards import to_remind
from knowledge.checklists.periods import Period, start_of
from store import checklists, customers, people, preferences, reminded
from store.clock import utc_now
from store.database import database
from store.reminded import Reminder

LOGGER = logging.getLogger(__name__)
EVERY, FIRST = timedelta(minutes=5), timedelta(minutes=1)
# The farthest time zone is 14 hours ahead; a day that has begun anywhere is looked at.
AHEAD = timedelta(hours=14)


@dataclass(frozen=True)
class Nudge:
    """One message: what the engine is asked, and the reminders that it fulfils; no message where `payload` is empty."""

    person_id: str
    payload: str
    reminders: tuple[Reminder, ...]


async def nudge(context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Send what is due now."""
    await send_due(context.bot, context.bot_data[ENGINE], utc_now(), local=is_local_bot(context.bot_data))


async def send_due(bot: ExtBot[int], engine: Engine, now: datetime, *, local: bool) -> None:
    """Send what is due at a moment, one message after another."""
    for each in due(now, local):
        await _send(bot, engine, each, now)
        await asyncio.sleep(0)  # looking through many people's lists must not keep others waiting


def due(now: datetime, local: bool) -> Iterator[Nudge]:
    """What members are to be reminded of now, who have their hour and do not want to be left in peace."""
    for customer_id, person_id, day in customers.to_remind(database(), (now + AHEAD).date()):
        today = _day_of(person_id, now, local)
        reminder = Reminder(person_id, f"customer.{customer_id}", day.isoformat())
        if today and day <= today and reminded.is_open(database(), reminder, now):
            yield Nudge(person_id, _payload("remind_customer", customer=customer_id), (reminder,))
    for person_id in checklists.users(database()):
        today = _day_of(person_id, now, local)
        if today and preferences.of(database(), person_id).lists:
            yield from _of_lists(person_id, today, now)


def _day_of(person_id: str, now: datetime, local: bool) -> date | None:
    """The person's date; None before the hour, in quiet hours, and for who is no member here."""
    person, wants = people.member(database(), person_id), preferences.of(database(), person_id)
    here = wants.local(now)
    if person is None or person.local != local or here.hour < wants.reminder_hour or wants.is_quiet(now):
        return None
    return here.date()


def _of_lists(person_id: str, today: date, now: datetime) -> Iterator[Nudge]:
    """One message a day at most for all lists, and each list once in its period."""
    looked_at = Reminder(person_id, "lists", today.isoformat())
    if not reminded.is_open(database(), looked_at, now):
        return
    found = [
        Reminder(person_id, f"list.{one.id}", start_of(Period(one.id), today).isoformat())
        for one in to_remind(person_id, today)
    ]
    fresh = [each for each in found if reminded.is_open(database(), each, now)]
    lists = ",".join(each.subject.partition(".")[2] for each in fresh)
    payload = _payload("remind_lists", day=today.isoformat(), list=lists) if fresh else ""
    yield Nudge(person_id, payload, (looked_at, *fresh))


async def _send(bot: ExtBot[int], engine: Engine, each: Nudge, now: datetime) -> None:
    """Word it, take it up, send it, mark it; what cannot be worded now is taken up at a later tick."""
    try:
        # In a conversation apart, so that a form or drill under way is not touched.
        replies = await engine.answer(f"remind:{each.person_id}", each.payload) if each.payload else []
    except EngineUnavailable as error:
        LOGGER.error("a reminder could not be worded: %s", error)
        return
    if not all([reminded.take_up(database(), reminder, now) for reminder in each.reminders]):
        return
    try:
        for reply in replies[:1]:
            markup = rendering.keyboard(reply)
            await bot.send_message(int(each.person_id), reply.text, reply_markup=markup, rate_limit_args=ONCE)
    except Forbidden:
        LOGGER.info("a reminder was not wanted: the person has blocked the bot")
    except TelegramError as error:
        LOGGER.warning("a reminder is in doubt and comes once more: %s", type(error).__name__)
        return
    for reminder in each.reminders:
        reminded.sent(database(), reminder, now)


def _payload(intent: str, **entities: object) -> str:
    return f"/{intent}{json.dumps({name: str(value) for name, value in entities.items()})}"


def schedule(application: Application) -> None:  # type: ignore[type-arg]
    """Every few minutes, beginning shortly after the start."""
    assert application.job_queue is not None
    application.job_queue.run_repeating(nudge, EVERY, FIRST, name="nudges")
