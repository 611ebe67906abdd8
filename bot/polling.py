"""Reads what Telegram hands over so that one odd update cannot stop all that follow it.

python-telegram-bot reads a batch whole or not at all, and asks for the same batch again for ever.
"""

from __future__ import annotations

import logging
from typing import Any

from telegram import Update
from telegram.request import HTTPXRequest

LOGGER = logging.getLogger(__name__)


class UpdatesRequest(HTTPXRequest):
    """For `getUpdates`: an update that cannot be read becomes an empty one of the same number."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer of the Bot API.

        Raises:
            TelegramError: It is no JSON.
        """
        answer = HTTPXRequest.parse_json_payload(payload)
        updates = answer.get("result") if isinstance(answer, dict) else None
        if isinstance(updates, list):
            answer["result"] = [readable(update) for update in updates if _number(update) is not None]
        return answer


def readable(update: dict[str, Any]) -> dict[str, Any]:
    """The update, or an empty one of its number where python-telegram-bot does not get on with it."""
    try:
        read = Update.de_json(update, None)
        read.to_json(), read.effective_chat, read.effective_user, read.effective_message
    except Exception as error:  # whatever it is, the updates behind this one must come through
        LOGGER.error("update %s cannot be read and is passed over: %s", _number(update), type(error).__name__)
        return {"update_id": _number(update)}
    return update


def _number(update: object) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None
