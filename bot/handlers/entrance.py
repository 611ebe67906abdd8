"""How people become members: the first manager's code, and links of invitations. The engine sees neither."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.conversation import Turn, take_turn, texts, turn_of
from bot.handlers.gate import is_local, is_member, may_hear
from store import claims, invites
from store.clock import utc_now
from store.database import database

LOGGER = logging.getLogger(__name__)
# In the link that is printed with the first manager's code; an invitation's token has no hyphen.
CLAIM = "claim-"
# Time zone, reminder, tips: three taps, each of which can be skipped.
FIRST_STEP = '/show_settings{"step":"0"}'


async def arrive(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """`/start <token>`, as a deep link sends it."""
    turn, message = turn_of(update), update.effective_message
    if turn is None or message is None or not context.args:
        return
    token = context.args[0]
    if token.startswith(CLAIM):
        await _claim(turn, message, token.removeprefix(CLAIM), context)
    else:
        await _join(turn, message, token, context)


async def claim(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """`/claim <code>`, typed by hand."""
    turn, message = turn_of(update), update.effective_message
    if turn is not None and message is not None:
        await _claim(turn, message, "".join(context.args or ()), context)


async def _claim(turn: Turn, message: Message, code: str, context: ContextTypes.DEFAULT_TYPE) -> None:
    person_id, now = str(turn.user.id), utc_now()
    # The code is printed for the operator of the bot on Telegram; the chat page of this machine has its own people.
    claimed = None if is_local(context) else claims.claim(database(), code, person_id, turn.user.full_name, now)
    if claimed is None:
        await _refuse(turn, message, "claim_refused", context)
        return
    LOGGER.info("person %s has claimed the coach", person_id)
    await message.reply_text(texts()["claimed"])
    await take_turn(turn, "/start", context)


async def _join(turn: Turn, message: Message, token: str, context: ContextTypes.DEFAULT_TYPE) -> None:
    person_id, name, now = str(turn.user.id), turn.user.full_name, utc_now()
    try:
        _, team = invites.redeem(database(), token, person_id, name, now, local=is_local(context))
    except invites.InviteError:
        await _refuse(turn, message, "invite_refused", context)
        return
    await message.reply_text(texts()["joined"].format(team=team.name))
    await take_turn(turn, FIRST_STEP, context)


async def _refuse(turn: Turn, message: Message, sentence: str, context: ContextTypes.DEFAULT_TYPE) -> None:
    if is_member(turn.user.id, context) or may_hear(turn.user.id, sentence, context):
        await message.reply_text(texts()[sentence])


def handlers() -> list[CommandHandler]:  # type: ignore[type-arg]
    """The handlers of the two ways in; a `/start` without a token is an ordinary command."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        CommandHandler("start", arrive, filters=private, has_args=True),
        CommandHandler("claim", claim, filters=private),
    ]
