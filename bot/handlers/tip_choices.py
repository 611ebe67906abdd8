"""What a plan sends and to whom: the choices on the managers' screens about tips, a page at a time."""

from __future__ import annotations

import json

from telegram import Message
from telegram.ext import ContextTypes

from bot.conversation import ENGINE, texts
from bot.engine import Button, Engine, EngineUnavailable, Reply
from bot.handlers._managing import Choice, data, keyboard, page_of, say
from store import own_tips, people, plans, teams
from store.database import database
from store.people import Person
from store.plans import Plan
from store.receivers import EVERYBODY, ROLE, TEAM, WEAK

TITLE = 12


async def ask_what(message: Message, plan: Plan, parts: list[str]) -> None:
    """A surprise, one of the stock, or one of the manager's own."""
    titles = texts()["buttons"]
    first: list[Choice] = [
        (titles["tip_surprise"], data("what", plan.id, 0)),
        (titles["tip_stock"], data("stock", plan.id)),
    ]
    mine = [(tip.text[:TITLE], data("what", plan.id, tip.id)) for tip in own_tips.of(database(), plan.made_by)]
    await say(message, "tip_what", *first, *page_of(mine, parts, "whats", plan.id))


def tip_of(plan: Plan, chosen: str) -> str:
    """The tip that a button names: the number of an own one, the id of one of the stock, or 0 for a surprise."""
    if chosen.isdecimal():
        mine = {str(tip.id): tip.key for tip in own_tips.of(database(), plan.made_by)}
        return mine.get(chosen, plans.SURPRISE)
    return chosen


async def ask_stock(message: Message, plan: Plan, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    """The objections of the stock, then the tips of one."""
    objection = parts[2] if len(parts) > 2 and not parts[2].isdecimal() else ""
    reply = await _asked(message, plan, context, "offer_stock", **({"named_objection": objection} if objection else {}))
    if reply is None:
        return
    if objection:
        choices = page_of(_as_choices(reply, "what", plan), parts, "stock", plan.id, objection)
    else:
        choices = page_of(_as_choices(reply, "stock", plan), parts, "stock", plan.id)
    await message.reply_text(reply.text, reply_markup=keyboard(*choices))


async def ask_whom(message: Message, person: Person, plan: Plan, parts: list[str]) -> None:
    """All of the own people, the reps, who is weak on something, or one of the own teams."""
    titles = texts()["buttons"]
    first: list[Choice] = [
        (titles["tip_everybody"], data("to", plan.id, EVERYBODY, "")),
        (titles["tip_reps"], data("to", plan.id, ROLE, people.REP)),
        (titles["tip_weak"], data("weak", plan.id)),
    ]
    own = [(team.name, data("to", plan.id, TEAM, team.id)) for team in teams.managed_by(database(), person)]
    await say(message, "tip_whom", *first, *page_of(own, parts, "whoms", plan.id))


async def ask_weak(message: Message, plan: Plan, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    """What the own people are weak on, objections and skills."""
    reply = await _asked(message, plan, context, "offer_weak")
    if reply:
        choices = [(button.title, data("to", plan.id, WEAK, _value(button))) for button in reply.buttons]
        shown = page_of(choices, parts, "weak", plan.id)
        back = (texts()["buttons"]["tip_whom_back"], data("whoms", plan.id))
        await message.reply_text(reply.text, reply_markup=keyboard(*shown, back))


async def _asked(
    message: Message, plan: Plan, context: ContextTypes.DEFAULT_TYPE, intent: str, **entities: str
) -> Reply | None:
    """What the engine knows of it, in the plan's own conversation; None where the manager was told that it cannot."""
    engine: Engine = context.bot_data[ENGINE]
    payload = f"/{intent}" + (json.dumps(entities, separators=(",", ":")) if entities else "")
    try:
        return (await engine.answer(f"plan:{plan.id}", payload))[0]
    except EngineUnavailable:
        await say(message, "unavailable")
        return None


def _as_choices(reply: Reply, verb: str, plan: Plan) -> list[Choice]:
    return [(button.title, data(verb, plan.id, _value(button))) for button in reply.buttons]


def _value(button: Button) -> str:
    """What the engine's button names: its only entity."""
    (value,) = json.loads("{" + button.payload.partition("{")[2]).values()
    return str(value)
