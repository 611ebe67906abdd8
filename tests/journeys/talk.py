"""One person's private chat with the whole bot, step by step."""

from __future__ import annotations

import itertools
from typing import Any

from store import people
from tests.bot_under_test import BotUnderTest

_query_ids = itertools.count(1)


class Talk:
    """One person's private chat; every step gives the bot's last message."""

    def __init__(self, bot: BotUnderTest, name: str, role: str = people.REP, *, member: bool = True) -> None:
        self._bot = bot
        self.person = bot.new_person(name, role=role, member=member)

    async def says(self, text: str) -> dict[str, Any]:
        return await self._after(self._bot.telegram.send_text(self.person, text))

    async def said_after(self, text: str) -> list[dict[str, Any]]:
        """The bot's new messages after a text; there may be none."""
        before = len(self._of_bot())
        await self._bot.handled(self._bot.telegram.send_text(self.person, text))
        return self._of_bot()[before:]

    async def sends(self, content: bytes, name: str) -> dict[str, Any]:
        return await self._after(self._bot.telegram.send_media(self.person, "document", body=content, name=name))

    async def presses(self, message: dict[str, Any], button: str) -> dict[str, Any]:
        return await self._after(self._bot.telegram.press(self.person, message["message_id"], button))

    async def presses_data(self, data: str) -> dict[str, Any]:
        """A press with any data under the last message, as a tinkering client would send it."""
        person, shown = self._bot.telegram.world.person(self.person), self._of_bot()[-1]
        query = {"id": f"77{next(_query_ids)}", "from": person, "message": shown, "chat_instance": "1", "data": data}
        return await self._after(self._bot.telegram.send_raw({"callback_query": query}))

    async def _after(self, update: dict[str, Any]) -> dict[str, Any]:
        await self._bot.handled(update)
        return self._of_bot()[-1]

    def _of_bot(self) -> list[dict[str, Any]]:
        return [m for m in self._bot.telegram.messages(self.person) if m["from"]["is_bot"]]
