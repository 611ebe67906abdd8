"""What is kept of a person, in their own hands: `/export` sends it, `/forget` deletes it within the turn."""

from __future__ import annotations

import json

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.conversation import texts
from bot.handlers.buttons import confirm
from store import personal
from store.database import database

# Callback data; no payload of the engine looks like this, so a person can neither type nor forge one into a turn.
YES, NO = "own:forget", "own:keep"
CHOICES = (("forget_yes", YES), ("forget_no", NO))
FILE_NAME = "my-data.json"


async def export(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send everything that is kept of the person as one JSON file."""
    message = await _private(update)
    if message and message.from_user:
        kept = personal.export(database(), str(message.from_user.id))
        content = json.dumps(kept, ensure_ascii=False, indent=1).encode(errors="replace")
        await message.reply_document(content, caption=texts()["exported"], filename=FILE_NAME)


async def ask(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Ask before deleting; nothing brings it back."""
    message = await _private(update)
    if message:
        buttons = [InlineKeyboardButton(texts()["buttons"][name], callback_data=data) for name, data in CHOICES]
        await message.reply_text(texts()["forget_ask"], reply_markup=InlineKeyboardMarkup([buttons]))


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Delete everything, or nothing; only the person's own chat counts."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message) or query.message.chat.id != query.from_user.id:
        return
    await confirm(query)
    if query.data == YES:
        personal.forget(database(), str(query.from_user.id))
    await query.message.reply_text(texts()["forgotten" if query.data == YES else "forget_kept"])


async def _private(update: Update) -> Message | None:
    """The message, where nobody else reads the answer; in a group the person is told so."""
    message = update.effective_message
    if message and message.chat.type != ChatType.PRIVATE:
        await message.reply_text(texts()["private_only"])
        return None
    return message


def handlers() -> list[CommandHandler]:  # type: ignore[type-arg]
    """The handlers of the two commands."""
    return [CommandHandler("export", export), CommandHandler("forget", ask)]


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """Before the handler of the engine's buttons, which would take the choice for an old one."""
    application.add_handlers(handlers())
    application.add_handler(CallbackQueryHandler(chosen, f"^({YES}|{NO})$"))
