"""The one gate before every other handler: members pass, strangers hear one polite line and no more."""

from __future__ import annotations

import contextlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from telegram import CallbackQuery, InlineQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import NetworkError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.conversation import texts
from bot.handlers.messages import spoken_to
from store import people
from store.database import database

LOCAL, STRANGERS = "local", "strangers"
# How often a stranger is told each sentence: the polite line once, why a code or link is refused a few times, for
# people mistype. Forgotten at a restart; the number of people remembered is bounded.
TIMES = {"stranger": 1}
TIMES_REFUSED = 5
STRANGERS_KEPT = 10_000
# What may come from outside: the first manager's code, and links of invitations.
_ENTRANCE = re.compile(r"^/(start\s+\S|claim\b)", re.IGNORECASE)


class Strangers:
    """Counts what strangers were told."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[int, str], int] = OrderedDict()

    def may_hear(self, person_id: int, sentence: str) -> bool:
        """Whether a stranger is told this sentence now; counted as told."""
        key = (person_id, sentence)
        told = self._told.pop(key, 0)
        self._told[key] = told + 1
        while len(self._told) > STRANGERS_KEPT:
            self._told.popitem(last=False)
        return told < TIMES.get(sentence, TIMES_REFUSED)


async def check(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Let members through, and strangers with a code or a link; stop everything else.

    Raises:
        ApplicationHandlerStop: No other handler sees this update.
    """
    user = update.effective_user
    if user is None:
        raise ApplicationHandlerStop
    if is_member(user.id, context) or _is_entrance(update.message):
        return
    if update.callback_query:
        await _stop_waiting(update.callback_query, context)
    elif update.inline_query:
        await _answer_nothing(update.inline_query)
    elif update.message and spoken_to(update.message, context) and may_hear(user.id, "stranger", context):
        await update.message.reply_text(texts()["stranger"])
    raise ApplicationHandlerStop


def is_member(person_id: int, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """Whether this person was let in where the update comes from: Telegram or the chat page of this machine."""
    known = people.member(database(), str(person_id))
    return known is not None and known.local == is_local(context)


def is_local(context: ContextTypes.DEFAULT_TYPE) -> bool:
    """Whether the update comes from the chat page of this machine."""
    return is_local_bot(context.bot_data)


def is_local_bot(bot_data: Mapping[object, Any]) -> bool:
    """The same of a bot's data."""
    return bool(bot_data[LOCAL])


def may_hear(person_id: int, sentence: str, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """Whether a stranger is told this sentence now."""
    strangers: Strangers = context.bot_data[STRANGERS]
    return strangers.may_hear(person_id, sentence)


def _is_entrance(message: Message | None) -> bool:
    return message is not None and message.chat.type == ChatType.PRIVATE and bool(_ENTRANCE.match(message.text or ""))


async def _stop_waiting(query: CallbackQuery, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Every press is answered, or the button would seem to wait; words come with the first one only."""
    words = texts()["stranger"] if may_hear(query.from_user.id, "stranger", context) else None
    with contextlib.suppress(NetworkError):
        await query.answer(words)


async def _answer_nothing(query: InlineQuery) -> None:
    with contextlib.suppress(NetworkError):
        await query.answer([], cache_time=0, is_personal=True)
