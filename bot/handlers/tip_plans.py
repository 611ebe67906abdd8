"""`/tip now` and `/tip plan` for managers: what, to whom, when; a preview, and nothing goes out before it is confirmed.

/tip now ─────────────────────────→ what? → whom? → preview ─┬→ confirmed → bot/broadcast.py
/tip plan → new → days? → hour? ──→ what? → whom? → preview ─┴→ cancelled
         └→ report, stop (asks once)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Message, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot import broadcast
from bot.conversation import ENGINE, take_turn, texts, turn_of
from bot.engine import EngineUnavailable
from bot.handlers import own_tips as own_screens
from bot.handlers import tip_choices
from bot.handlers._managing import PREFIX, Choice, data, is_private, manager, number_in, paged, parts_of, pressed, say
from bot.handlers.commands import PAYLOADS
from bot.tip_message import message_of
from store import audit, deliveries, plans, preferences
from store.clock import utc_now
from store.database import database
from store.people import Person
from store.plan_times import Rhythm
from store.plans import Plan, State
from store.receivers import EVERYBODY, ROLE, TEAM, WEAK, Audience

LISTED = 5
HOURS = (8, 9, 12, 18, 20)
Step = Callable[[Message, Person, list[str], ContextTypes.DEFAULT_TYPE], Awaitable[None]]


async def manage(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """`/tip now`, `/tip plan`, `/tip mine`; for everybody else, and with other words, the tip of the day."""
    turn, message = turn_of(update), update.effective_message
    if turn is None or message is None:
        return
    wanted = context.args[0].lower() if context.args else ""
    person = manager(turn.user.id, context) if is_private(message) else None
    if wanted in _ENTRANCES and person is None:
        await say(message, "tip_managers_only")
    elif wanted in _ENTRANCES and person:
        await _ENTRANCES[wanted](message, person, [], context)
    else:
        await take_turn(turn, PAYLOADS["tip"], context)


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A button of these screens."""
    allowed = await pressed(update, context)
    if allowed:
        query, message, person = allowed
        parts = parts_of(query)
        await _STEPS[parts[0]](message, person, parts, context)


async def _now(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    await tip_choices.ask_what(message, _draft(person, Rhythm.NOW, context), [])


async def _list(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    """A page of the manager's plans, the latest first."""
    titles, line, words = texts()["buttons"], texts()["tip_plan_line"], texts()["tip_words"]
    made = plans.made_by(database(), person.id)
    shown, turns = paged(made, parts, LISTED, "list")
    choices: list[Choice] = [(titles["tip_new"], data("new"))]
    for plan in shown:
        choices.append((titles["tip_report"].format(number=plan.id), data("report", plan.id)))
        if plan.state is State.ACTIVE:
            choices.append((titles["tip_stop"].format(number=plan.id), data("stop", plan.id)))
    choices += turns
    lines = [line.format(number=plan.id, when=_when(plan), state=words[plan.state.value]) for plan in shown]
    await say(message, "tip_plans" if made else "tip_no_plans", *choices, plans="\n".join(lines))


async def _new(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    titles, rhythms = texts()["buttons"], (Rhythm.DAILY, Rhythm.WEEKDAYS, Rhythm.ONCE)
    await say(message, "tip_rhythm", *((titles[f"tip_{one.value}"], data("days", one.value)) for one in rhythms))


async def _days(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = _draft(person, Rhythm(parts[1]), context)
    title = texts()["buttons"]["tip_hour"]
    await say(message, "tip_at", *((title.format(hour=hour), data("hour", plan.id, hour)) for hour in HOURS))


async def _hour(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        plan = plans.change(database(), plan, hour=number_in(parts, 2) % 24)
        await tip_choices.ask_what(message, plan, [])


async def _what(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        plan = plans.change(database(), plan, tip=tip_choices.tip_of(plan, parts[2]))
        await tip_choices.ask_whom(message, person, plan, [])


async def _whats(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        await tip_choices.ask_what(message, plan, parts)


async def _stock(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        await tip_choices.ask_stock(message, plan, parts, context)


async def _whoms(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        await tip_choices.ask_whom(message, person, plan, parts)


async def _weak(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        await tip_choices.ask_weak(message, plan, parts, context)


async def _to(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan is None or parts[2] not in (EVERYBODY, TEAM, ROLE, WEAK):
        return
    plan = plans.change(database(), plan, audience=Audience(parts[2], parts[3]))
    count = len(plans.receivers_of(database(), plan))
    if not count:
        await say(message, "tip_nobody")
        return
    try:
        preview = await message_of(context.bot_data[ENGINE], plan, plan.starts_on)
    except EngineUnavailable:
        await say(message, "unavailable")
        return
    await preview.send(message.get_bot(), message.chat.id)  # type: ignore[arg-type]
    titles = texts()["buttons"]
    choices = ((titles["tip_confirm"], data("ok", plan.id)), (titles["tip_cancel"], data("no", plan.id)))
    await say(message, "tip_preview", *choices, count=count, when=_when(plan))


async def _ok(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan is None:
        return
    now = utc_now()
    with database().atomic():
        plans.confirm(database(), plan.id, now)
        audit.record(database(), person.id, "plan_tip", now, detail=str(plan.id), team_id=_team(plan))
    sender = broadcast.of(context.application)
    sender.begin(plan, now)
    sender.tick(now)
    await say(message, "tip_planned", number=plan.id)


async def _no(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _drafted(message, person, parts)
    if plan:
        plans.cancel(database(), plan.id)
        await say(message, "tip_dropped")


async def _stop(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _own(message, person, parts, State.ACTIVE)
    if plan:
        choice = (texts()["buttons"]["tip_stop_yes"], data("stopped", plan.id))
        await say(message, "tip_stop_ask", choice, number=plan.id)


async def _stopped(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _own(message, person, parts, State.ACTIVE)
    if plan:
        plans.cancel(database(), plan.id)
        audit.record(database(), person.id, "stop_tip", utc_now(), detail=str(plan.id), team_id=_team(plan))
        await say(message, "tip_stopped", number=plan.id)


async def _report(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    plan = await _own(message, person, parts, State.ACTIVE, State.CANCELLED)
    if plan is None:
        return
    found, words = deliveries.report(database(), plan.id), texts()["tip_words"]
    reasons = "、".join(f"{words[reason]} {count}" for reason, count in found.reasons) or words["none"]
    await say(
        message,
        "tip_report",
        number=plan.id,
        planned=found.planned,
        sent=found.sent,
        waiting=found.waiting,
        failed=found.failed,
        blocked=found.blocked,
        doubtful=found.doubtful,
        reasons=reasons,
        practised=found.practised,
        quizzed=found.quizzed,
        right=found.right,
        useful=found.useful,
        useless=found.useless,
    )


def _draft(person: Person, rhythm: Rhythm, context: ContextTypes.DEFAULT_TYPE) -> Plan:
    """A draft that begins today; for one day only, tomorrow on the manager's calendar."""
    now = utc_now()
    today = preferences.of(database(), person.id).local(now).date()
    starts_on = today + timedelta(days=1) if rhythm is Rhythm.ONCE else today
    return plans.draft(database(), str(context.bot.id), person.id, rhythm, starts_on, now)


async def _drafted(message: Message, person: Person, parts: list[str]) -> Plan | None:
    return await _own(message, person, parts, State.DRAFT)


async def _own(message: Message, person: Person, parts: list[str], *states: State) -> Plan | None:
    """The manager's own plan that a button names, in one of the states; else the manager is told that it changed."""
    plan = plans.get(database(), number_in(parts))
    if plan and plan.made_by == person.id and plan.state in states:
        return plan
    await say(message, "tip_gone")
    return None


def _team(plan: Plan) -> int | None:
    return int(plan.audience.value) if plan.audience.kind == TEAM else None


def _when(plan: Plan) -> str:
    day = f"{plan.starts_on.month} 月 {plan.starts_on.day} 日"
    return str(texts()["tip_words"][plan.rhythm.value].format(hour=plan.hour, day=day))


_ENTRANCES: dict[str, Step] = {"now": _now, "plan": _list, "mine": own_screens.show}
_STEPS: dict[str, Step] = {
    "list": _list,
    "new": _new,
    "days": _days,
    "hour": _hour,
    "what": _what,
    "whats": _whats,
    "stock": _stock,
    "whoms": _whoms,
    "weak": _weak,
    "to": _to,
    "ok": _ok,
    "no": _no,
    "stop": _stop,
    "stopped": _stopped,
    "report": _report,
}


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """Before the handlers of ordinary commands and of the engine's buttons."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("tip", manage, filters=private, has_args=True))
    application.add_handler(CallbackQueryHandler(chosen, rf"^{PREFIX}:({'|'.join(_STEPS)})(:|$)"))
