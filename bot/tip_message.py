"""The message of a tip: prepared once for a plan and day, then sent to many."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from telegram.ext import ExtBot

from bot import rendering
from bot.conversation import texts
from bot.engine import Button, Engine, EngineUnavailable, Reply
from bot.handlers._managing import data
from bot.patience import NOT_HERE
from store import own_tips, plans
from store.database import database
from store.plans import Plan


@dataclass(frozen=True)
class Message:
    """A tip as people get it; `picture` is Telegram's id of a file that was sent to the bot."""

    tip_id: str
    reply: Reply
    picture: str = ""

    async def send(self, bot: ExtBot[int], chat_id: int) -> int:
        """Send it to one person; returns the message's id, raises `TelegramError` and is not repeated."""
        markup, text = rendering.keyboard(self.reply), self.reply.text
        if self.picture:
            sent = await bot.send_photo(chat_id, self.picture, text, reply_markup=markup, rate_limit_args=NOT_HERE)
        else:
            sent = await bot.send_message(chat_id, text, reply_markup=markup, rate_limit_args=NOT_HERE)
        return sent.message_id


async def message_of(engine: Engine, plan: Plan, day: date) -> Message:
    """The plan's tip of a day: a manager's own, or one of the stock, which the engine knows and settles for the day.

    Raises:
        EngineUnavailable: It could not be prepared.
    """
    own = own_tips.find(database(), plan.tip)
    if own:
        ask = (Button(texts()["buttons"]["tip_ask"], data("ask", own.id)),) if own.quiz else ()
        return Message(own.key, Reply(own.text, ask), own.picture)
    day = plan.tip_day(day)
    entities = json.dumps({"plan": str(plan.id), "day": day.isoformat()}, separators=(",", ":"))
    [reply, *_] = await engine.answer(f"plan:{plan.id}", f"/pick_tip{entities}")
    tip = plans.issued(database(), plan.id, day)
    if tip is None:
        raise EngineUnavailable(f"no tip was settled for plan {plan.id}")
    return Message(tip, reply)
