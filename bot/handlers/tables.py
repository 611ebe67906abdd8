"""A CSV file of customers or deals: handed to the engine, which grades or adds up; nothing of it is kept."""

from __future__ import annotations

import json

from telegram import Document
from telegram.ext import ContextTypes

from bot.conversation import Turn, take_turn
from knowledge.calculators.tables import is_table
from knowledge.own.files import UnreadableFile
from knowledge.own.reading import decoded

SUFFIX = ".csv"
# A thousand rows of a name, an amount and a stage; what is longer is not fetched.
MAX_BYTES = 96 * 1024
TOO_BIG = "table_too_big"


def is_meant(file: Document) -> bool:
    """Whether a file is called as such tables are."""
    return (file.file_name or "").lower().endswith(SUFFIX)


def refusal(file: Document) -> str:
    """The sentence for a table that nobody takes."""
    return TOO_BIG if (file.file_size or 0) > MAX_BYTES else "table"


async def take(turn: Turn, file: Document, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """Answer a table of customers or deals; False for one of something else, which is nobody's business here."""
    if refusal(file) == TOO_BIG:
        return False
    content = bytes(await (await file.get_file()).download_as_bytearray())
    try:
        text = decoded(content)
    except UnreadableFile:
        text = ""
    if not is_table(text):
        return False
    await take_turn(turn, f"/read_table{json.dumps({'table': text}, ensure_ascii=False)}", context)
    return True
