"""Tells people of assigned drills and reminds them a day ahead, in their own waking hours, once each."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext

from bot.conversation import texts
from bot.handlers.gate import is_local_bot
from store import assignments, people, preferences
from store.clock import utc_now
from store.database import database

LOGGER = logging.getLogger(__name__)
EVERY, AHEAD = timedelta(minutes=1), timedelta(days=1)


async def remind(context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Send what is due now; each reminder is noted before it is sent, so that nobody gets one twice."""
    now = utc_now()
    local = is_local_bot(context.bot_data)
    for reminder in due(now, local):
        if assignments.note_reminded(database(), reminder, now):
            try:
                await context.bot.send_message(reminder.person_id, _words(reminder), reply_markup=_button(reminder))
            except TelegramError as error:
                LOGGER.info("a reminder did not reach its person: %s", type(error).__name__)


def due(now: datetime, local: bool) -> list[assignments.Reminder]:
    """What members are to hear who are not to be left in peace at this moment."""
    found = []
    for reminder in [*assignments.to_tell(database(), now), *assignments.to_remind(database(), now, AHEAD)]:
        person = people.member(database(), reminder.person_id)
        quiet = preferences.of(database(), reminder.person_id).is_quiet(now)
        if person and person.local == local and not quiet:
            found.append(reminder)
    return found


def _words(reminder: assignments.Reminder) -> str:
    """When it is due, on the person's own clock."""
    due_at = datetime.fromisoformat(reminder.due_at)
    ends = preferences.of(database(), reminder.person_id).local(due_at)
    return str(texts()["assigned_new" if reminder.first else "assigned"].format(ends=f"{ends:%m-%d %H:%M}"))


def _button(reminder: assignments.Reminder) -> InlineKeyboardMarkup:
    # The same payload as the button “练这句” under an objection.
    payload = f'/start_drill{{"advice":"{reminder.objection}.any.0"}}'
    return InlineKeyboardMarkup([[InlineKeyboardButton(texts()["buttons"]["assigned"], callback_data=payload)]])


def schedule(application: Application) -> None:  # type: ignore[type-arg]
    """Every few minutes, beginning shortly after the start."""
    assert application.job_queue is not None
    application.job_queue.run_repeating(remind, EVERY, timedelta(minutes=2), name="reminders")
