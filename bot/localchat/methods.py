"""The table of Bot API methods: name without regard to case → spelling and function.

getUpdates and the webhook methods wait or deliver and so live in ``delivery.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.localchat import methods_messages, methods_questions, methods_settings
from bot.localchat.context import Api
from bot.localchat.params import Params

Method = Callable[[Api, Params], Any]

METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, function)
    for table in (methods_messages.METHODS, methods_questions.METHODS, methods_settings.METHODS)
    for name, function in table.items()
}
DELIVERY = {name.lower(): name for name in ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")}


def spelling(name: str) -> str | None:
    """Telegram's own spelling of a method name, or ``None`` when there is no such method."""
    known = METHODS.get(name.lower())
    return known[0] if known else DELIVERY.get(name.lower())
