"""Inline mode: `@bot 太贵了` in any chat gives the best words to answer with; the gate lets members only."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.error import NetworkError
from telegram.ext import ContextTypes

from bot.conversation import ENGINE, texts
from bot.engine import Engine, EngineUnavailable
from bot.handlers.messages import MAX_CHARACTERS, plain_words

CHOICES = 3
# Telegram asks at every pause in typing; the same words get the same answer for so long.
CACHE_S = 60


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Offer up to three answers; none where the words are no objection."""
    query = update.inline_query
    if query is None:
        return
    typed = plain_words(query.query, context.bot.username)[:MAX_CHARACTERS]
    found: list[str] = []
    if typed:
        with contextlib.suppress(EngineUnavailable):
            found = [words async for words in _answers(context.bot_data[ENGINE], query.from_user.id, typed)]
    # Too late or cut off is no harm: Telegram asks again with the next letter.
    with contextlib.suppress(NetworkError):
        await query.answer(_articles(found), cache_time=CACHE_S, is_personal=True)


async def _answers(engine: Engine, person_id: int, typed: str) -> AsyncIterator[str]:
    """Words to send, best first; in a conversation apart from the person's own, which begins anew each time."""
    sender, message = f"inline:{person_id}", typed
    seen: set[str] = set()
    await engine.answer(sender, "/cancel")
    while len(seen) < CHOICES:
        words = (await engine.answer(sender, message))[0].words
        if not words or words in seen:
            return
        seen.add(words)
        yield words
        message = "/next_technique"


def _articles(found: list[str]) -> list[InlineQueryResultArticle]:
    title = texts()["buttons"]["inline"]
    return [
        InlineQueryResultArticle(
            str(number), title.format(number=number), InputTextMessageContent(words), description=words
        )
        for number, words in enumerate(found, start=1)
    ]
