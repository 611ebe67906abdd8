"""Pressed buttons: their data is a payload that an earlier reply offered."""

from __future__ import annotations

import contextlib
import json
import re

from telegram import CallbackQuery, Update
from telegram.error import NetworkError
from telegram.ext import ContextTypes

from bot.conversation import take_turn, texts, turn_of

# Rasa obeys these itself, without a rule of ours, and says nothing.
RASA_COMMANDS = {"/restart", "/session_start", "/back"}
_PAYLOAD = re.compile(r"^/[a-z_]+(\{.*\})?$")


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a pressed button with a new message, so that the one it stands under stays readable.

    A reply that asks for it (`Reply.in_place`) takes that message's place instead.
    """
    query, turn = update.callback_query, turn_of(update)
    if query is None:
        return
    payload = query.data or ""
    if turn is None or not is_payload(payload):
        await confirm(query, texts()["stale_button"])
        return
    await confirm(query)
    await take_turn(turn, payload, context)


async def confirm(query: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's waiting sign; too late or cut off is no harm, the message still reaches the person."""
    with contextlib.suppress(NetworkError):
        await query.answer(notice)


def is_payload(data: str) -> bool:
    """Whether callback data has the form of our own payloads: an intent and flat text entities, no command of Rasa."""
    if not _PAYLOAD.match(data) or data.partition("{")[0] in RASA_COMMANDS:
        return False
    _, brace, entities = data.partition("{")
    if not brace:
        return True
    try:
        values = json.loads(brace + entities)
    except ValueError:
        return False
    return isinstance(values, dict) and all(isinstance(value, str) for value in values.values())
