"""Commands, each a payload for the engine; the command menu."""

from __future__ import annotations

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, Update
from telegram.ext import Application, CommandHandler, ContextTypes

from bot.conversation import take_turn, texts, turn_of

# Command → what the engine is told.
PAYLOADS = {
    "start": "/start",
    "help": "/help",
    "drill": "/start_drill",
    "today": "/show_today",
    "quiz": "/ask_quiz",
    "tip": "/ask_tip",
    "saved": "/saved_tips",
    "quick": "/quick",
    "style": "/choose_style",
    "progress": "/ask_progress",
    "history": "/show_history",
    "list": "/show_list",
    "customer": "/show_customer",
    "review": "/start_review",
    "forecast": "/start_forecast",
    "grade": "/start_grade",
    "cancel": "/cancel",
    "material": "/list_own_files",
    "product": "/show_products",
    "privacy": "/privacy",
    "settings": "/show_settings",
    "people": "/show_people",
    "invite": "/invite",
    "team": "/show_team",
    "assign": "/assign",
    "ranking": "/show_ranking",
}
# In a group the menu stays short: what is useful in front of colleagues.
GROUP_COMMANDS = ("help", "tip", "cancel")


async def command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a command of the menu."""
    turn, message = turn_of(update), update.effective_message
    if turn is None or message is None or message.text is None:
        return
    name = message.text.split()[0].lstrip("/").partition("@")[0].lower()
    await take_turn(turn, PAYLOADS[name], context)


async def unknown_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Something that starts with a slash and is no command of ours; never handed to Rasa."""
    if update.effective_message:
        await update.effective_message.reply_text(texts()["unknown_command"])


async def set_menu(application: Application) -> None:  # type: ignore[type-arg]
    """Tell Telegram the commands of private chats and of groups."""
    described = [BotCommand(name, text) for name, text in texts()["commands"].items()]
    await application.bot.set_my_commands(described, scope=BotCommandScopeAllPrivateChats())
    in_groups = [entry for entry in described if entry.command in GROUP_COMMANDS]
    await application.bot.set_my_commands(in_groups, scope=BotCommandScopeAllGroupChats())


def handlers() -> list[CommandHandler]:  # type: ignore[type-arg]
    """The handler of all commands."""
    return [CommandHandler(list(PAYLOADS), command)]
