"""Reactions: an emoji on a tip rates it; on any other message it means nothing to the coach."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import ReactionType, ReactionTypeEmoji, Update
from telegram.constants import ReactionEmoji
from telegram.ext import ContextTypes

from store import tips
from store.clock import utc_now
from store.database import database

# What says that a tip was of no use; every other emoji is taken as thanks.
DISLIKES = {
    ReactionEmoji.THUMBS_DOWN,
    ReactionEmoji.PILE_OF_POO,
    ReactionEmoji.FACE_WITH_OPEN_MOUTH_VOMITING,
    ReactionEmoji.YAWNING_FACE,
    ReactionEmoji.CLOWN_FACE,
    ReactionEmoji.POUTING_FACE,
    ReactionEmoji.SERIOUS_FACE_WITH_SYMBOLS_COVERING_MOUTH,
}


async def reacted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Keep what the person thinks of the tip; who takes a reaction back has no opinion any more."""
    reaction = update.message_reaction
    if reaction is None or reaction.user is None:
        return
    tip = tips.shown_in(database(), reaction.chat.id, reaction.message_id)
    if tip:
        tips.rate(database(), str(reaction.user.id), tip, rating_of(reaction.new_reaction), utc_now())


def rating_of(reactions: Sequence[ReactionType]) -> int:
    """1 useful, -1 of no use, 0 nothing said; the first of several counts."""
    if not reactions:
        return 0
    first = reactions[0]
    return -1 if isinstance(first, ReactionTypeEmoji) and first.emoji in DISLIKES else 1
