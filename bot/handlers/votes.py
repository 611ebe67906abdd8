"""Votes on quiz polls: Telegram shows at once whether they are right; the engine or the own tip takes note."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.conversation import Turn, take_turn
from bot.handlers import own_quizzes
from store import polls
from store.database import database


async def voted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Tell the engine how a quiz was answered; a vote taken back, or on a poll not of this database, is passed over."""
    vote = update.poll_answer
    if vote is None or vote.user is None or not vote.option_ids:
        return
    poll = polls.find(database(), vote.poll_id)
    if poll and own_quizzes.takes(poll):
        own_quizzes.note(vote.user, poll, vote.option_ids[0])
    elif poll:
        payload = poll.right if vote.option_ids[0] == poll.correct else poll.wrong
        await take_turn(Turn(vote.user, poll.chat_id, poll.message_id), payload, context)
