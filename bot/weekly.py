"""Sends managers the week of their teams on Mondays, at their own hour, never in quiet hours, once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot import sending
from bot.conversation import ENGINE
from bot.engine import Engine, EngineUnavailable
from bot.handlers.gate import is_local_bot
from store import people, preferences, weekly_reports
from store.clock import utc_now
from store.database import database
from store.people import Person

LOGGER = logging.getLogger(__name__)
EVERY, FIRST = timedelta(minutes=5), timedelta(minutes=1)
MONDAY = 1


@dataclass(frozen=True)
class Report:
    """One manager's report; `monday` is of the manager's own calendar."""

    manager: Person
    monday: date


async def send(context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Send what is due now, one after another."""
    now = utc_now()
    for report in due(now, is_local_bot(context.bot_data)):
        await deliver(context.bot, context.bot_data[ENGINE], report, now)


def due(now: datetime, local: bool) -> list[Report]:
    """The reports of managers whose hour has come this Monday and who have not got theirs; of those with reps only."""
    found = []
    for manager in people.managers(database(), local=local):
        wants = preferences.of(database(), manager.id)
        there = wants.local(now)
        on_time = there.isoweekday() == MONDAY and there.hour >= wants.reminder_hour and not wants.is_quiet(now)
        if wants.weekly and on_time and weekly_reports.is_open(database(), manager.id, there.date(), now):
            found.append(Report(manager, there.date()))
    return [report for report in found if _has_reps(report.manager)]


async def deliver(bot: ExtBot[int], engine: Engine, report: Report, now: datetime) -> None:
    """Send one report; what did not surely arrive is taken up again after a while, a few times."""
    person_id, monday = report.manager.id, report.monday
    if not weekly_reports.begin(database(), person_id, monday, now):
        return
    try:
        for reply in await engine.answer(f"week:{person_id}", "/show_week"):
            await sending.send(bot, int(person_id), reply)
    except (Forbidden, BadRequest) as error:
        LOGGER.info("a weekly report did not reach its manager: %s", type(error).__name__)
        weekly_reports.give_up(database(), person_id, monday)
    except (EngineUnavailable, TelegramError) as error:
        LOGGER.info("a weekly report waits for another try: %s", type(error).__name__)
    else:
        weekly_reports.sent(database(), person_id, monday)


def _has_reps(manager: Person) -> bool:
    return any(person.role == people.REP for person in people.visible_to(database(), manager))


def schedule(application: Application) -> None:  # type: ignore[type-arg]
    """Every few minutes, beginning shortly after the start."""
    assert application.job_queue is not None
    application.job_queue.run_repeating(send, EVERY, FIRST, name="weekly")
