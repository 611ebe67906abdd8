"""The company's table as a file: the empty one, or a version, for managers."""

from __future__ import annotations

import asyncio
import io

from telegram import Update
from telegram.ext import CallbackQueryHandler, ContextTypes

from bot.conversation import texts, turn_of
from bot.handlers.buttons import confirm
from dialogues.own_content import rows_of
from knowledge.own.table.template import workbook
from store import own_tables, people
from store.database import database

# What `dialogues/actions/_own_tables.py` puts into buttons.
PATTERN = r"^table:(empty|\d{1,15})$"


async def send_file(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the workbook that the button names, in the manager's own chat."""
    query, turn = update.callback_query, turn_of(update)
    if query is None or turn is None:
        return
    person = people.member(database(), str(turn.user.id))
    if not turn.is_private or person is None or not person.manages:
        await confirm(query, texts()["managers_only"])
        return
    await confirm(query)
    what = str(query.data).partition(":")[2]
    words = texts()["own_table"]
    table = None if what == "empty" else own_tables.table_of(database(), int(what))
    rows = rows_of(own_tables.rows_of(database(), table.id)) if table else []
    content = await asyncio.to_thread(workbook, rows)
    name = words["version_name"].format(number=table.id) if table else words["template_name"]
    await context.bot.send_document(turn.chat_id, io.BytesIO(content), filename=name, caption=words["template"])


def handlers() -> list[CallbackQueryHandler]:  # type: ignore[type-arg]
    """Before the buttons of the engine, which know no such data."""
    return [CallbackQueryHandler(send_file, pattern=PATTERN)]
