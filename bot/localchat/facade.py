"""``LocalTelegram``: the one class that the product and the tests use.

Everything runs on the caller's event loop; nothing is opened before ``start``.
"""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable
from typing import Any

from bot.localchat.context import Api
from bot.localchat.delivery import Delivery
from bot.localchat.faults import Faults
from bot.localchat.inbound import Inbound
from bot.localchat.people import Group, Person, Roster, load_roster
from bot.localchat.rate import RateLimiter, RateLimits
from bot.localchat.server import Call, Server
from bot.localchat.state import Json, World
from bot.localchat.updates import UpdateQueue

Want = int | Callable[[Json], bool]


class LocalTelegram:
    """A local Telegram for one bot.

    Args:
        token: What the bot is started with; any text without a slash.
        bot_username: 5 to 32 characters ending in ``bot``, without ``@``.
        rate_limits: ``None`` lets the bot send as fast as it likes; ``RateLimits()`` is Telegram.
        group_privacy: The bot hears only commands, mentions and replies in groups.
        query_timeout_s: How long a pressed button may be answered.
        webhook_retry_s: First pause after a failed webhook delivery.
        roster: People, group and page texts; ``people.yml`` unless given.
        clock: UTC seconds, for message dates.

    What people do is a method of its own each (``send_text``, ``press``, ...); all of them return
    the update as a dict, see ``Inbound``.
    """

    def __init__(
        self,
        token: str,
        bot_username: str = "seed_coach_bot",
        *,
        rate_limits: RateLimits | None = None,
        group_privacy: bool = True,
        query_timeout_s: float = 60.0,
        webhook_retry_s: float = 1.0,
        roster: Roster | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        roster = roster or load_roster()
        self.world = World(roster, bot_username, clock)
        # A bot takes a number it has seen for a second delivery, also after this server was started anew.
        self.queue = UpdateQueue(first_id=int(clock() * 1000))
        self.rate = RateLimiter(rate_limits, clock)
        self.faults = Faults()
        api = Api(self.world, self.queue, self.rate, query_timeout_s, group_privacy)
        people = Inbound(api)
        self._server = Server(
            token, api, Delivery(api, webhook_retry_s), people, self.faults,
            roster.examples, roster.hint,
        )  # fmt: skip
        self.send_text = people.send_text
        self.send_media = people.send_media
        self.send_raw = people.send_raw
        self.edit_text = people.edit_text
        self.press = people.press
        self.vote = people.vote
        self.react = people.react
        self.inline_query = people.inline_query
        self.block = people.block

    # Running ---------------------------------------------------------------------------------

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Listen on loopback; port 0 takes a free one. Returns the port."""
        return self._server.start(host, port)

    async def stop(self) -> None:
        """Answer or close everything that is open, and stop listening."""
        await self._server.stop()

    @property
    def base_url(self) -> str:
        """For ``ApplicationBuilder.base_url``; PTB appends the token."""
        return f"{self._origin}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self._origin}/file/bot"

    @property
    def page_url(self) -> str:
        return f"{self._origin}/"

    @property
    def _origin(self) -> str:
        if not self._server.port:
            raise RuntimeError("start() the local Telegram first: the port is not known yet")
        return f"http://127.0.0.1:{self._server.port}"

    # People ----------------------------------------------------------------------------------

    def add_person(self, person_id: int, name: str, username: str = "", role: str = "") -> None:
        """A further person, for example a stranger."""
        self.world.add_person(Person(person_id, name, username or f"user{person_id}", role))

    def add_group(self, group_id: int, title: str, members: list[int], bot_is_admin: bool = False) -> None:
        """A further group; the first member owns it. ``group_id`` is negative."""
        group = Group(group_id, title, members[0], tuple(members), bot_is_admin)
        self.world.add_group(group)

    # Reading ---------------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """The bot's calls so far, oldest first, getUpdates included."""
        return list(self._server.calls)

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates of the bot is waiting right now."""
        return self._server.delivery.is_polled

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self._server.calls if call.method.lower() == method.lower()]

    def messages(self, chat_id: int) -> list[Json]:
        """Copies of all messages of a chat in Bot API JSON, oldest first."""
        return copy.deepcopy(self.world.messages(chat_id))

    def reactions(self, chat_id: int, message_id: int) -> dict[int, list[str]]:
        """Emoji by actor id, the bot's included."""
        given = self.world.reactions.get((chat_id, message_id), {})
        return {who: [reaction["emoji"] for reaction in what] for who, what in given.items()}

    async def wait_for(self, chat_id: int, want: Want = 1, timeout_s: float = 5.0, after: int = 0) -> list[Json]:
        """Wait for messages of the bot in a chat.

        Args:
            want: How many of them, or what one of them must fulfil; edits count anew.
            after: Only messages with a greater ``message_id``.

        Returns:
            The messages that fit, oldest first.

        Raises:
            asyncio.TimeoutError: Not within ``timeout_s``; says what the chat holds.
        """

        def fitting() -> list[Json]:
            sent = [
                message
                for message in self.world.messages(chat_id)
                if message["from"]["id"] == self.world.bot["id"] and message["message_id"] > after
            ]
            if callable(want):
                return [message for message in sent if want(message)]
            return sent if len(sent) >= want else []

        await self.wait_until(lambda: bool(fitting()), timeout_s, f"messages in chat {chat_id}")
        return copy.deepcopy(fitting())

    async def wait_for_call(self, method: str, count: int = 1, timeout_s: float = 5.0) -> list[Call]:
        """Wait until ``count`` calls of ``method`` are answered; refused ones count too."""

        def answered() -> list[Call]:
            return [call for call in self.calls_of(method) if call.done]

        await self.wait_until(lambda: len(answered()) >= count, timeout_s, f"calls of {method}")
        return answered()

    async def wait_until(
        self, reached: Callable[[], bool], timeout_s: float = 5.0, what: str = "the condition"
    ) -> None:
        """Look at ``reached`` after every change; no polling."""
        changed = asyncio.Event()
        unsubscribe = self.world.subscribe(lambda event: changed.set())
        deadline = asyncio.get_running_loop().time() + timeout_s
        try:
            while not reached():
                changed.clear()
                left_s = deadline - asyncio.get_running_loop().time()
                await asyncio.wait_for(changed.wait(), max(left_s, 0))
        except asyncio.TimeoutError:
            missed = f"{what}: not within {timeout_s} s; {self._seen()}"
            raise asyncio.TimeoutError(missed) from None
        finally:
            unsubscribe()

    def _seen(self) -> str:
        """What the bot did last, for the error of a wait that was too long."""
        last: list[Any] = [
            f"{call.method}({call.error or 'ok'})" for call in self.calls[-40:] if call.method != "getUpdates"
        ]
        return f"last calls: {', '.join(last[-8:]) or 'none'}"
