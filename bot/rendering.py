"""A structured reply → texts and a keyboard within Telegram's limits; pure."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, MessageLimit

from bot.engine import Button, Reply

# Titles up to this many characters stand two in a row; longer ones get a row of their own on a narrow phone.
SHORT_TITLE = 9
_SENTENCE_END = re.compile(r"(?<=[。！？\n])")


def texts(reply: Reply) -> list[str]:
    """The reply's text in pieces of at most 4,096 characters, cut at sentence ends."""
    pieces = [""]
    for sentence in _SENTENCE_END.split(reply.text):
        while len(sentence) > MessageLimit.MAX_TEXT_LENGTH:
            pieces.append(sentence[: MessageLimit.MAX_TEXT_LENGTH])
            sentence = sentence[MessageLimit.MAX_TEXT_LENGTH :]
        if len(pieces[-1]) + len(sentence) > MessageLimit.MAX_TEXT_LENGTH:
            pieces.append("")
        pieces[-1] += sentence
    return [piece.strip() for piece in pieces if piece.strip()]


def fits_caption(reply: Reply) -> bool:
    """Whether the reply's text can stand under a picture."""
    return len(reply.text) <= MessageLimit.CAPTION_LENGTH


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The reply's buttons, two in a row where their titles are short.

    Raises:
        ValueError: A payload does not fit into a button.
    """
    rows: list[list[InlineKeyboardButton]] = []
    for button in reply.buttons:
        _check(button)
        short = len(button.title) <= SHORT_TITLE
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0].text) <= SHORT_TITLE:
            rows[-1].append(InlineKeyboardButton(button.title, callback_data=button.payload))
        else:
            rows.append([InlineKeyboardButton(button.title, callback_data=button.payload)])
    return InlineKeyboardMarkup(rows) if rows else None


def _check(button: Button) -> None:
    size = len(button.payload.encode())
    if size > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"button {button.title!r} carries {size} bytes, Telegram allows 64: {button.payload}")
