"""Faults that tests order: errors, delays, lost replies, in place of a good answer.

Blocked people are not here: that is a state of the world, see ``Inbound.block``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.localchat.errors import ApiError

Kind = Literal["fail", "delay", "lose_reply", "refuse"]
KINDS: tuple[Kind, ...] = ("fail", "delay", "lose_reply", "refuse")
NAMES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
    429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
}  # fmt: skip


@dataclass
class Fault:
    """What goes wrong in the next ``times`` calls of ``method`` (``*``: any but getUpdates).

    fail: answered with ``error``, not carried out. delay: carried out after ``seconds``.
    lose_reply: carried out, then the connection closes without an answer.
    refuse: the connection closes at once and nothing is carried out.
    """

    kind: Kind
    method: str
    times: int = 1
    error: ApiError | None = None
    seconds: float = 0.0
    chat_id: int | None = None

    def hits(self, method: str, chat_id: str) -> bool:
        by_name = self.method == method.lower()
        by_star = self.method == "*" and method.lower() != "getupdates"
        return (by_name or by_star) and (self.chat_id is None or str(self.chat_id) == chat_id)


@dataclass
class Faults:
    """The ordered faults; each call uses up at most one, the oldest that fits."""

    waiting: list[Fault] = field(default_factory=list)

    def fail(
        self,
        method: str,
        times: int = 1,
        code: int = 500,
        description: str | None = None,
        retry_after: int | None = None,
        chat_id: int | None = None,
    ) -> None:
        """Answer with ``code``; 429 gets ``retry_after`` seconds, 1 unless given."""
        if code == 429:
            retry_after = retry_after or 1
            description = description or f"Too Many Requests: retry after {retry_after}"
        error = ApiError(code, description or NAMES.get(code, "Error"), retry_after)
        self._add(Fault("fail", method, times, error=error, chat_id=chat_id))

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        self._add(Fault("delay", method, times, seconds=seconds))

    def lose_reply(self, method: str, times: int = 1) -> None:
        self._add(Fault("lose_reply", method, times))

    def refuse(self, method: str, times: int = 1) -> None:
        self._add(Fault("refuse", method, times))

    def clear(self) -> None:
        self.waiting.clear()

    def order(self, request: Mapping[str, Any]) -> None:
        """Add a fault from the control route's JSON; ``ValueError`` says what is wrong."""
        kind, method = request.get("kind"), request.get("method")
        if kind not in KINDS or not isinstance(method, str):
            raise ValueError(f"kind must be one of {', '.join(KINDS)} and method a string")
        options = {k: v for k, v in request.items() if k not in ("kind", "method")}
        try:
            getattr(self, kind)(method, **options)
        except TypeError as error:
            raise ValueError(str(error)) from None

    def take(self, method: str, chat_id: str) -> Fault | None:
        """The fault that strikes this call, if any."""
        for fault in self.waiting:
            if fault.hits(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

    def _add(self, fault: Fault) -> None:
        fault.method = fault.method.lower()
        self.waiting.append(fault)
