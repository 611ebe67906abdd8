"""The bot's application on a local Telegram, with an engine of the test's own in place of the model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from typing import Any

from bot import app
from bot.__main__ import start_polling
from bot.engine import Button, Reply
from bot.localchat import LocalTelegram
from tests.admitting import admit
from tests.bot.watching import watch

TOKEN = "10000:token-of-the-small-bot-00000000000000"
TIMEOUT_S = 20.0
_people = count(800_001)


class NumberingEngine:
    """Answers “第 n 个回答”; raises `error` instead while there is one."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.error: Exception | None = None
        self.buttons: tuple[Button, ...] = ()
        self.extras: dict[str, Any] = {}  # further fields of the reply
        self.tail = ""  # more text

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        self.asked.append((sender_id, text))
        if self.error:
            raise self.error
        return [Reply(f"第 {len(self.asked)} 个回答{self.tail}", self.buttons, **self.extras)]

    async def close(self) -> None:
        return None


class SmallBot:
    """One bot and one member."""

    def __init__(self) -> None:
        self.engine = NumberingEngine()
        self.telegram = LocalTelegram(token=TOKEN)
        self.person = next(_people)
        self.members = [self.person]
        self._stack = AsyncExitStack()
        self._handled: set[int] = set()
        self._progress = asyncio.Event()

    async def start(self) -> None:
        await self.telegram.start(port=0)
        self.telegram.add_person(self.person, "小林")
        admit(self.person, "小林")
        await self.start_application()

    async def start_application(self) -> None:
        """A new process as far as Telegram can tell."""
        self._handled.clear()
        self.application = application = app.build(
            TOKEN, self.engine, self.telegram.base_url, self.telegram.base_file_url
        )
        watch(application, self._note_handled)
        await start_polling(application, self._stack)

    async def stop(self) -> None:
        await self.stop_application()
        await self.telegram.stop()

    async def stop_application(self) -> None:
        """Finish what is under way; Telegram goes on."""
        await self._stack.aclose()

    async def says(self, text: str) -> None:
        """The person types; returns when the bot is done with it."""
        await self.handled(self.telegram.send_text(self.person, text))

    async def asks(self, text: str, buttons: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
        """The person types and gets an answer with these (title, payload) buttons; returns that message."""
        self.engine.buttons = tuple(Button(*button) for button in buttons)
        await self.says(text)
        self.engine.buttons = ()
        return self.bots_messages()[-1]

    async def presses(self, message_id: int, title: str) -> None:
        await self.handled(self.telegram.press(self.person, message_id, title))

    async def votes(self, message_id: int, option: int | str) -> None:
        await self.handled(self.telegram.vote(self.person, message_id, option))

    def new_group(self) -> int:
        """A group with the person and one more member; returns its chat id."""
        group, other = -next(_people), next(_people)
        self.telegram.add_person(other, "老周")
        admit(other, "老周")
        self.members = [self.person, other]
        self.telegram.add_group(group, "华东一队", self.members)
        return group

    async def handled(self, update: dict[str, Any]) -> None:
        """Wait until the bot is done with an update."""
        while update["update_id"] not in self._handled:
            self._progress.clear()
            await asyncio.wait_for(self._progress.wait(), TIMEOUT_S)

    def bots_messages(self) -> list[dict[str, Any]]:
        return [message for message in self.telegram.messages(self.person) if message["from"]["is_bot"]]

    def said(self) -> list[str]:
        """Texts of the bot so far."""
        return [message.get("text", "") for message in self.bots_messages()]

    def _note_handled(self, update_id: int) -> None:
        self._handled.add(update_id)
        self._progress.set()
