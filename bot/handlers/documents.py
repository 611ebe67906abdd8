"""A file: anybody's customers or deals, a manager's products, table or material, or another kind of message."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import Document, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import own_table
from bot.conversation import Turn, take_turn, texts, turn_of
from bot.handlers import product_files, tables
from bot.handlers.messages import other_kind
from dialogues.own_trial import trial
from knowledge.own.draft import rows_of
from knowledge.own.files import MAX_BYTES, UnreadableFile, plain_name
from knowledge.own.isolated import read_content
from knowledge.own.reasons import sentence
from knowledge.own.table.cells import Row
from knowledge.products.reading import is_of_products
from store import own_material, people
from store.clock import utc_now
from store.database import database


async def document(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a table at once; of a manager's file show the preview, for nothing is searched before it is published."""
    turn, message = turn_of(update), update.effective_message
    person = people.member(database(), str(turn.user.id)) if turn else None
    if turn is None or message is None or message.document is None:
        return
    is_private, is_csv = message.chat.type == ChatType.PRIVATE, tables.is_meant(message.document)
    if is_private and is_csv and await tables.take(turn, message.document, context):
        return
    if is_private and person and person.manages:
        await _keep(turn, message, message.document, context)
    elif is_private and is_csv:
        await message.reply_text(texts()[tables.refusal(message.document)])
    else:
        await other_kind(update, context)


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
        found = await asyncio.to_thread(read_content, name, content)
    except UnreadableFile as error:
        await message.reply_text(sentence(error))
        return
    if found.rows:
        await _keep_table(turn, message, name, found.rows, context)
        return
    rows = await asyncio.to_thread(rows_of, found.passages)
    draft = own_material.add_draft(database(), name, rows, str(turn.user.id), utc_now())
    await take_turn(turn, f'/show_own_file{{"file":"{draft.id}"}}', context)


async def _keep_table(
    turn: Turn, message: Message, name: str, rows: Sequence[Row], context: ContextTypes.DEFAULT_TYPE
) -> None:
    """Try the table; a faultless one becomes a draft that waits to be published."""
    found = await asyncio.to_thread(trial, name, rows)
    if found.faults:
        await message.reply_text(own_table.report(found.faults))
        return
    draft = own_table.keep(name, rows, found.summary, str(turn.user.id), utc_now())
    await take_turn(turn, f'/show_own_table{{"table":"{draft.id}"}}', context)
