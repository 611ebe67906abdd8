"""The whole bot as a test subject: local Bot API server, python-telegram-bot's application, loaded model."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import AsyncExitStack
from typing import Any

from bot import app
from bot.__main__ import start_polling
from bot.engine import EmbeddedEngine
from bot.localchat import LocalTelegram
from dialogues.embedded import EmbeddedRasa
from dialogues.tracker_store import FactsTrackerStore
from store import people
from tests.admitting import admit
from tests.bot.watching import watch

TOKEN = "10000:token-of-the-tests-0000000000000000"
NOT_DELIVERED = 0
TIMEOUT_S = 20.0
# Candidates for words that nobody could place without more; short, no sales.
UNCLEAR_WORDS = (
    "红的和绿的", "左边第二排", "那个事怎么样了", "上面那层的", "昨天那两个", "前头靠窗那边", "三号跟五号", "按那个来",
    "就是那回事", "东边的先弄", "里头那几样", "他们那几个", "这边和那边", "第三个是啥", "后面那一半", "放在一起的话",
    "中间隔开的", "换成大的那种", "刚刚那一下", "先弄哪头",
)  # fmt: skip
_ids = itertools.count(500_001)


class BotUnderTest:
    """Started by the fixture `bot`; every person and group it makes is new to the coach."""

    def __init__(self, rasa: EmbeddedRasa) -> None:
        self._rasa = rasa
        self.telegram = LocalTelegram(token=TOKEN)
        self._stack = AsyncExitStack()
        self._handled: set[int] = {NOT_DELIVERED}
        self.unclear_words = ""
        self._progress = asyncio.Event()

    async def start(self) -> None:
        """Serve."""
        await self.telegram.start(port=0)
        await self._start_application()

    async def find_unclear_words(self) -> None:
        """Choose words that the present model cannot place."""
        for words in UNCLEAR_WORDS:
            if (await self._rasa.parse(words))["intent"]["name"] == "nlu_fallback":
                self.unclear_words = words
                return
        raise LookupError("the model places every one of the unclear words; add others to UNCLEAR_WORDS")

    async def stop(self) -> None:
        """Stop serving."""
        await self._stop_application()
        await self.telegram.stop()

    async def restart(self) -> None:
        """A new process as far as the coach can tell: its memory is gone, only the database remains."""
        await self._stop_application()
        self._rasa.processor.tracker_store = FactsTrackerStore(self._rasa.processor.domain)
        await self._start_application()

    def new_person(self, name: str, *, member: bool = True, role: str = people.REP, team: str = "") -> int:
        """Somebody new to the coach, admitted unless told otherwise; returns the Telegram user id."""
        person_id = next(_ids)
        self.telegram.add_person(person_id, name)
        if member:
            admit(person_id, name, role, team)
        return person_id

    def new_group(self, title: str, members: list[int]) -> int:
        """A new group with the bot in it; returns its chat id."""
        group_id = -next(_ids)
        self.telegram.add_group(group_id, title, members)
        return group_id

    async def handled(self, update: dict[str, Any]) -> None:
        """Wait until the bot is done with an update; at once for one that Telegram does not deliver."""
        while update.get("update_id", NOT_DELIVERED) not in self._handled:
            self._progress.clear()
            await asyncio.wait_for(self._progress.wait(), TIMEOUT_S)

    async def _start_application(self) -> None:
        engine = EmbeddedEngine(self._rasa.answer)
        server = self.telegram
        application = app.build(TOKEN, engine, server.base_url, server.base_file_url)
        self.application = application
        watch(application, self._note_handled)
        await start_polling(application, self._stack)

    async def _stop_application(self) -> None:
        await self._stack.aclose()

    def _note_handled(self, update_id: int) -> None:
        self._handled.add(update_id)
        self._progress.set()
