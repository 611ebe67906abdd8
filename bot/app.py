"""Builds the Telegram application: inbox, lanes, handlers in their order, patience with the network, proxy."""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    PollAnswerHandler,
    TypeHandler,
    filters,
)

from bot import broadcast, nudges, own_news, reminders, weekly
from bot.conversation import ENGINE
from bot.engine import Engine
from bot.handlers import (
    buttons,
    commands,
    documents,
    entrance,
    errors,
    flood,
    gate,
    inline,
    messages,
    own_data,
    own_quizzes,
    own_table,
    own_tips,
    product_files,
    reactions,
    team_export,
    tip_plans,
    votes,
)
from bot.inbox import InboxQueue
from bot.lanes import Lanes
from bot.patience import PatientLimiter
from bot.polling import UpdatesRequest
from bot.retention import schedule

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.POLL_ANSWER,
    Update.INLINE_QUERY,
    Update.MESSAGE_REACTION,
]
GATE = flood.FIRST_GROUP - 1  # handlers run group by group


def build(
    token: str, engine: Engine, base_url: str, base_file_url: str, proxy: str | None = None, *, local: bool = False
) -> Application:  # type: ignore[type-arg]
    """An application that is ready to be initialised.

    Args:
        token: The bot's token.
        engine: Answers messages; shared by several applications.
        base_url: Of the Bot API, up to and including `/bot`.
        base_file_url: Of its files, up to and including `/file/bot`.
        proxy: For reaching Telegram.
        local: Whether this is the chat page of this machine, whose people are apart from those on Telegram.
    """
    builder = ApplicationBuilder().token(token).base_url(base_url).base_file_url(base_file_url)
    builder = builder.rate_limiter(PatientLimiter())  # type: ignore[arg-type]
    bot_id = token.partition(":")[0]
    lanes = Lanes(bot_id)
    builder = builder.update_queue(InboxQueue(bot_id)).concurrent_updates(lanes)
    # Two connections: the last word at a stop need not wait for the long poll that it ends.
    builder = builder.get_updates_request(UpdatesRequest(connection_pool_size=2, proxy=proxy))
    if proxy:
        builder = builder.proxy(proxy)
    application = lanes.application = builder.build()
    application.bot_data.update({ENGINE: engine, gate.LOCAL: local, gate.STRANGERS: gate.Strangers()})
    add_handlers(application)
    schedule(application)
    broadcast.schedule(application)
    reminders.schedule(application)
    weekly.schedule(application)
    own_news.schedule(application)
    nudges.schedule(application)
    return application


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """The gate comes before all others, then the limit for floods. Of the others the first that takes an update is the
    only one: edits, the ways in, own data, commands, text, other kinds, buttons, votes."""
    application.add_handler(TypeHandler(Update, gate.check), group=GATE)
    flood.add_handlers(application)
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, messages.edited))
    application.add_handlers([*team_export.handlers(), *product_files.handlers()])
    own_data.add_handlers(application)
    tip_plans.add_handlers(application)
    own_tips.add_handlers(application)
    own_quizzes.add_handlers(application)
    application.add_handlers([*entrance.handlers(), *commands.handlers()])
    application.add_handler(MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE, commands.unknown_command))
    application.add_handler(MessageHandler(filters.TEXT, messages.text))
    application.add_handler(MessageHandler(filters.Document.ALL, documents.document))
    application.add_handler(MessageHandler(~filters.StatusUpdate.ALL, messages.other_kind))
    application.add_handlers(own_table.handlers())
    application.add_handler(CallbackQueryHandler(buttons.pressed))
    application.add_handler(PollAnswerHandler(votes.voted))
    application.add_handler(MessageReactionHandler(reactions.reacted))
    application.add_handler(InlineQueryHandler(inline.answer))
    application.add_error_handler(errors.failed)
