"""What the managers' screens about tips share: who may see them, buttons, answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.conversation import texts
from bot.handlers.buttons import confirm
from bot.handlers.gate import is_local
from store import people
from store.database import database
from store.people import Person

# Callback data of these screens; no payload of the engine looks like this.
PREFIX = "tips"
PAGE = 8
Choice = tuple[str, str]  # a button's title and what it does
Item = TypeVar("Item")


def manager(user_id: int, context: ContextTypes.DEFAULT_TYPE) -> Person | None:
    """The person, where managers' functions are open to them; asked at every step, because roles change."""
    person = people.member(database(), str(user_id))
    return person if person and person.manages and person.local == is_local(context) else None


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> tuple[CallbackQuery, Message, Person] | None:
    """Query, message and manager behind a pressed button, in the manager's own chat; None where it is not allowed."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message) or query.message.chat.id != query.from_user.id:
        return None
    person = manager(query.from_user.id, context)
    await confirm(query, None if person else texts()["tip_managers_only"])
    return (query, query.message, person) if person else None


def is_private(message: Message | None) -> bool:
    """Whether nobody else reads along."""
    return message is not None and message.chat.type == ChatType.PRIVATE


def data(*parts: str | int) -> str:
    """Callback data: the prefix, a verb, its values."""
    return ":".join((PREFIX, *map(str, parts)))


def parts_of(query: CallbackQuery) -> list[str]:
    """Verb and values of callback data."""
    return (query.data or "").split(":")[1:]


def number_in(parts: list[str], place: int = 1) -> int:
    """A number among the values; 0, which is no id, where there is none."""
    return int(parts[place]) if len(parts) > place and parts[place].isdecimal() else 0


def page_of(choices: Sequence[Choice], parts: Sequence[str], *verb: str | int) -> list[Choice]:
    """The choices of a page, and back and forth."""
    shown, turns = paged(choices, parts, PAGE, *verb)
    return [*shown, *turns]


def paged(
    items: Sequence[Item], parts: Sequence[str], size: int, *verb: str | int
) -> tuple[Sequence[Item], list[Choice]]:
    """The items of a page, and the choices back and forth; its number is the last part of the data `verb` makes."""
    last = max(0, -(-len(items) // size) - 1)
    page = min(number_in(list(parts), len(verb)), last)
    titles = texts()["buttons"]
    back = [(titles["earlier"], data(*verb, page - 1))] if page else []
    forth = [(titles["later"], data(*verb, page + 1))] if page < last else []
    return items[page * size : (page + 1) * size], [*back, *forth]


def keyboard(*choices: Choice, in_row: int = 2) -> InlineKeyboardMarkup:
    """Buttons, so many in a row."""
    buttons = [InlineKeyboardButton(title, callback_data=what) for title, what in choices]
    return InlineKeyboardMarkup([buttons[start : start + in_row] for start in range(0, len(buttons), in_row)])


async def say(message: Message, name: str, *choices: Choice, **values: object) -> None:
    """A sentence of `bot/texts.yml`, with buttons."""
    markup = keyboard(*choices) if choices else None
    await message.reply_text(texts()[name].format(**values), reply_markup=markup)
