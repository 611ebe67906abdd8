"""The updates the bot has not confirmed yet. Pure; ``delivery.py`` carries them to the bot."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]

# https://core.telegram.org/bots/api#getupdates: sent only when asked for by name.
ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
# Telegram keeps a day of updates; a bot that is away that long on a laptop loses the oldest.
MAX_PENDING = 10_000


class UpdateQueue:
    """Numbers updates, filters them by ``allowed_updates`` and keeps them until confirmed.

    As with Telegram, the filter works when an update is made, and a filter once given stays
    until another one is given; an empty list restores the default.
    """

    def __init__(self, first_id: int = 1) -> None:
        self._next_id = first_id
        self._pending: OrderedDict[int, Json] = OrderedDict()
        self._again: list[Json] = []
        self._confirmed = 0
        self.allowed: list[str] = []
        self.on_change: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._pending) + len(self._again)

    def set_allowed(self, kinds: Iterable[Any] | None) -> None:
        """``None`` keeps the present filter."""
        if kinds is not None:
            self.allowed = [str(kind) for kind in kinds]

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST

    def push(self, kind: str, payload: Json) -> Json:
        """Queue an update when the bot wants this kind.

        Returns the update; without ``update_id`` when it is not delivered.
        """
        # A copy: later edits of the message must not change an update that is already queued.
        update = {kind: copy.deepcopy(payload)}
        return self.push_raw(update) if self.wants(kind) else update

    def push_raw(self, update: Json) -> Json:
        """Queue ``update`` unfiltered; numbers it unless it brings a number.

        A number that the bot has confirmed already is delivered once more: a second delivery,
        as after a crash.
        """
        numbered = {"update_id": update.get("update_id", self._next_id), **update}
        self._next_id = max(self._next_id, numbered["update_id"] + 1)
        if numbered["update_id"] < self._confirmed:
            self._again.append(numbered)
        else:
            self._pending[numbered["update_id"]] = numbered
        while len(self._pending) > MAX_PENDING:
            self._pending.popitem(last=False)
        self.on_change()
        return numbered

    def confirm(self, offset: int | None) -> None:
        """Forget all updates below ``offset``; a negative one keeps that many of the last."""
        if not offset:
            return
        ids = list(self._pending)
        gone = ids[:offset] if offset < 0 else [i for i in ids if i < offset]
        self._confirmed = max(self._confirmed, offset)
        for update_id in gone:
            del self._pending[update_id]

    def take(self, limit: int = 100) -> list[Json]:
        """The oldest updates; they stay until confirmed, second deliveries do not."""
        again, self._again = self._again[:limit], self._again[limit:]
        return (again + list(self._pending.values()))[:limit]

    def drop(self, update_id: int | None = None) -> None:
        """Forget one update, or all."""
        if update_id is None:
            self._pending.clear()
            self._again.clear()
        else:
            self._pending.pop(update_id, None)
