"""One interface to Rasa, embedded or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import httpx

# An action's mark for “there is none”: lines that hold it are left out (dialogues/actions/_reply.py).
ABSENT = "\u2060"
# A turn takes milliseconds; beyond this the other side hangs and the rep should know.
TIMEOUT_S = 4.0


class EngineUnavailable(Exception):
    """A turn ended without a message: Rasa cannot be reached, failed or hangs."""


@dataclass(frozen=True)
class Button:
    """A button; `payload` is at most 64 bytes."""

    title: str
    payload: str


@dataclass(frozen=True)
class Picture:
    """A picture as data, so that it also travels over HTTP; `bot/pictures/` draws it.

    `kind` names the drawing, `data` is JSON of that kind's own, `alt` tells in words what it shows.
    """

    kind: str
    alt: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Quiz:
    """A question with one right option, asked as a native quiz poll.

    `question` has at most 300 characters, each of the 2 to 10 `options` 100, `explanation` 200; `correct` counts
    from 0. A right answer tells the engine the payload `right`, any other `wrong`.
    """

    question: str
    options: tuple[str, ...]
    correct: int
    explanation: str
    right: str
    wrong: str

    def choices(self) -> tuple[Button, ...]:
        """The options as buttons, for where there are no polls."""
        payloads = (self.right if number == self.correct else self.wrong for number in range(len(self.options)))
        return tuple(map(Button, self.options, payloads))


@dataclass(frozen=True)
class Reply:
    """One message of the coach; `sources` are row ids, `answered` is false where the material does not say, `words`
    are those in it that can be sent to a customer as they are.

    `tip` is the id of the tip it shows, for whoever reacts to the message.

    With a picture the text is its caption. With a quiz the poll stands in the place of the text. `in_place` asks to
    show it in the message whose button was pressed.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    sources: tuple[str, ...] = ()
    answered: bool = True
    words: str = ""
    picture: Picture | None = None
    quiz: Quiz | None = None
    in_place: bool = False
    tip: str = ""


class Engine(Protocol):
    """Answers one message of one sender."""

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        """Replies in order, at least one; raises `EngineUnavailable`."""

    async def close(self) -> None:
        """Release what the engine holds."""


class EmbeddedEngine:
    """Rasa in this process."""

    def __init__(
        self,
        answer: Callable[[str, str], Awaitable[list[dict[str, Any]]]],
        exchange: Callable[[Path], Awaitable[None]] | None = None,
    ) -> None:
        self._answer = answer
        self._exchange = exchange

    @classmethod
    def load(cls, model: Path) -> EmbeddedEngine:
        """Load the model; takes some seconds, most of it importing Rasa."""
        from dialogues.quiet import load_rasa

        rasa = load_rasa(model)
        return cls(rasa.answer, rasa.exchange)

    async def exchange(self, model: Path) -> None:
        """Answer with another model from the next message on; messages go on being answered meanwhile."""
        assert self._exchange is not None, "made without a way to exchange the model"
        await self._exchange(model)

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        try:
            return _replies(await asyncio.wait_for(self._answer(sender_id, text), TIMEOUT_S))
        except asyncio.TimeoutError:
            raise EngineUnavailable(f"no answer within {TIMEOUT_S:.0f} s") from None

    async def close(self) -> None:
        return None


class HttpEngine:
    """A Rasa server's REST channel."""

    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S)

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        try:
            response = await self._client.post("/webhooks/rest/webhook", json={"sender": sender_id, "message": text})
            response.raise_for_status()
            return _replies(response.json())
        except (httpx.HTTPError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise EngineUnavailable(str(error)) from error

    async def close(self) -> None:
        await self._client.aclose()


def _replies(messages: list[dict[str, Any]]) -> list[Reply]:
    """Rasa sends a reply's text and its `custom` part as two messages; join them again."""
    replies: list[Reply] = []
    for message in messages:
        if "custom" in message and replies:
            replies[-1] = _with_custom(replies[-1], message["custom"])
        elif message.get("text"):
            buttons = tuple(Button(b["title"], b["payload"]) for b in message.get("buttons") or ())
            replies.append(Reply(_tidy(message["text"]), buttons))
    if not replies:
        raise EngineUnavailable("the turn ended without a message; the log of Rasa tells why")
    return replies


def _with_custom(reply: Reply, custom: dict[str, Any]) -> Reply:
    """The reply with what a custom part adds; later parts keep what earlier ones said."""
    sources = custom.get("sources") or ""
    rows = tuple(sources.split() if isinstance(sources, str) else sources)
    return replace(
        reply,
        sources=rows or reply.sources,
        answered=custom.get("answered", reply.answered),
        words=custom.get("words", reply.words),
        picture=Picture(**custom["picture"]) if custom.get("picture") else reply.picture,
        quiz=_quiz(custom["quiz"]) if custom.get("quiz") else reply.quiz,
        in_place=custom.get("in_place", reply.in_place),
        tip=custom.get("tip", reply.tip),
    )


def reply_from(values: dict[str, Any]) -> Reply:
    """The reply of which `values` is the JSON that `dataclasses.asdict` gives."""
    return Reply(
        **{
            **values,
            "buttons": tuple(Button(**button) for button in values["buttons"]),
            "sources": tuple(values["sources"]),
            "picture": Picture(**values["picture"]) if values["picture"] else None,
            "quiz": _quiz(values["quiz"]) if values["quiz"] else None,
        }
    )


def _quiz(values: dict[str, Any]) -> Quiz:
    return Quiz(**{**values, "options": tuple(values["options"])})


def _tidy(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"a message's text is {type(text).__name__}")
    kept = [line.rstrip() for line in text.splitlines() if ABSENT not in line]
    return "\n".join(kept).strip()
