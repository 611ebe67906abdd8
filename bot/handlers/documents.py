"""A manager's file is a table of products or a draft of own material; from others it is another kind of message."""

from __future__ import annotations

import asyncio

from telegram import Document, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.conversation import Turn, take_turn, turn_of
from bot.handlers import product_files
from bot.handlers.messages import other_kind
from knowledge.own.draft import rows_of
from knowledge.own.files import MAX_BYTES, UnreadableFile, plain_name
from knowledge.own.reasons import sentence
from knowledge.products.reading import is_of_products
from store import own_material, people
from store.clock import utc_now
from store.database import database


async def document(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Read a manager's file and show the preview; nothing is searched before somebody publishes it."""
    turn, message = turn_of(update), update.effective_message
    person = people.member(database(), str(turn.user.id)) if turn else None
    if turn is None or message is None or message.document is None:
        return
    if message.chat.type != ChatType.PRIVATE or person is None or not person.manages:
        await other_kind(update, context)
        return
    await _keep(turn, message, message.document, context)


async def _keep(turn: Turn, message: Message, file: Document, context: ContextTypes.DEFAULT_TYPE) -> None:
    name = plain_name(file.file_name or "")
    try:
        # Telegram tells the size beforehand: what is too big is not even fetched.
        if (file.file_size or 0) > MAX_BYTES:
            raise UnreadableFile("too_big")
        content = bytes(await (await file.get_file()).download_as_bytearray())
        if await asyncio.to_thread(is_of_products, name, content):
            await product_files.take(turn, message, name, content, context)
            return
        rows = await asyncio.to_thread(rows_of, name, content)
    except UnreadableFile as error:
        await message.reply_text(sentence(error))
        return
    draft = own_material.add_draft(database(), name, rows, str(turn.user.id), utc_now())
    await take_turn(turn, f'/show_own_file{{"file":"{draft.id}"}}', context)
