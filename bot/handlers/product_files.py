"""A manager's table of products: checked row by row, then shown before it is taken; and the empty table to fill in."""

from __future__ import annotations

import asyncio

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.conversation import Turn, take_turn, texts
from knowledge.products.reading import UnusableFile, read, template
from store import people, preferences, products
from store.clock import utc_now
from store.database import database

TEMPLATE_NAME = "products.csv"
REVIEW = "/review_products"


async def take(turn: Turn, message: Message, name: str, content: bytes, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Tell every fault, or keep the table until its sender has looked at it; the sender is a manager."""
    person_id, now = str(turn.user.id), utc_now()
    today = preferences.of(database(), person_id).local(now).date()
    try:
        found = await asyncio.to_thread(read, name, content, today)
    except UnusableFile as error:
        await message.reply_text(str(error))
        return
    if found.faults:
        await message.reply_text(found.report())
        return
    products.hold_file(database(), person_id, name, found.products, now)
    await take_turn(turn, REVIEW, context)


async def send_template(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The table with all columns and an example; for managers, who alone may send it back."""
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    person = people.member(database(), str(message.from_user.id))
    if message.chat.type != ChatType.PRIVATE:
        await message.reply_text(texts()["private_only"])
    elif person is None or not person.manages:
        await message.reply_text(texts()["managers_only"])
    else:
        await message.reply_document(template(), caption=texts()["product_template"], filename=TEMPLATE_NAME)


def handlers() -> list[CommandHandler]:  # type: ignore[type-arg]
    """Only with a word behind the command; `/product` alone shows the cards."""
    return [CommandHandler("product", send_template, filters=filters.UpdateType.MESSAGE, has_args=True)]
