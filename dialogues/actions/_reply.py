"""How actions speak: a reply id of the domain, values for its placeholders, rows of the sources, buttons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

# Stands for a value that there is none of; `bot/engine.py` leaves out every line that holds it.
ABSENT = "\u2060"
PAYLOAD_BYTES = 64  # Telegram's limit for callback data

Button = dict[str, str]


def say(
    dispatcher: CollectingDispatcher,
    response: str,
    rows: Iterable[str] = (),
    buttons: Sequence[Button] = (),
    /,
    **values: str | int | None,
) -> None:
    """Utter a reply of the domain; a value of None or "" removes its line."""
    filled: dict[str, Any] = {name: ABSENT if value in (None, "") else str(value) for name, value in values.items()}
    dispatcher.utter_message(response=response, buttons=list(buttons), rows=" ".join(rows), **filled)


def show_picture(dispatcher: CollectingDispatcher, kind: str, alt: str, data: Mapping[str, Any]) -> None:
    """Put a picture above the reply said last: the name of a drawing in `bot/pictures/`, words for it, its data."""
    dispatcher.utter_message(json_message={"picture": {"kind": kind, "alt": alt, "data": dict(data)}})


def show_in_place(dispatcher: CollectingDispatcher) -> None:
    """Show the reply said last in the message whose button was pressed, where there is one."""
    dispatcher.utter_message(json_message={"in_place": True})


def show_quiz(dispatcher: CollectingDispatcher, quiz: Mapping[str, Any]) -> None:
    """Ask the reply said last as a quiz poll; keys as in `bot.engine.Quiz`."""
    dispatcher.utter_message(json_message={"quiz": dict(quiz)})


def payload(intent: str, **entities: str | int | None) -> str:
    """What a button sends, for example `/too_expensive{"rank":"2"}`; entities of None are left out.

    Raises:
        ValueError: It is longer than a Telegram button can carry.
    """
    given = {name: str(value) for name, value in entities.items() if value is not None}
    text = f"/{intent}" + (json.dumps(given, separators=(",", ":")) if given else "")
    if len(text.encode()) > PAYLOAD_BYTES:
        raise ValueError(f"button payload {text} is longer than {PAYLOAD_BYTES} bytes; shorten the ids in it")
    return text


def button(title: str, intent: str, **entities: str | int | None) -> Button:
    """A button under a reply."""
    return {"title": title, "payload": payload(intent, **entities)}


def lines(items: Sequence[str]) -> str:
    """Several items in one line."""
    return "；".join(item.rstrip("。；") for item in items)
