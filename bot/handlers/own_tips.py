"""`/tip mine`: tips that a manager writes; the next message after “write” is the tip, with a picture if it has one."""

from __future__ import annotations

from datetime import timedelta

from telegram import Message, Update
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.conversation import texts
from bot.handlers._managing import PREFIX, Choice, data, manager, number_in, parts_of, pressed, say
from store import own_tips
from store.clock import utc_now
from store.database import database
from store.people import Person

# One phone screen, and with a picture well below Telegram's 1,024 characters of a caption.
MOST = 300
LISTED, TITLE = 8, 12
# Whoever was asked for words and says nothing for so long means something else afterwards.
PATIENCE = timedelta(minutes=30)


async def show(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    """The manager's own tips."""
    mine = own_tips.of(database(), person.id)[:LISTED]
    choices: list[Choice] = [(texts()["buttons"]["tip_write"], data("write"))]
    choices += [(tip.text[:TITLE], data("open", tip.id)) for tip in mine]
    await say(message, "tip_mine" if mine else "tip_mine_none", *choices)


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A button of these screens."""
    allowed = await pressed(update, context)
    if allowed is None:
        return
    query, message, person = allowed
    parts = parts_of(query)
    tip = next((one for one in own_tips.of(database(), person.id) if one.id == number_in(parts)), None)
    if parts[0] == "write":
        await _ask(message, person, 0)
    elif tip is None:
        await say(message, "tip_gone")
    elif parts[0] == "open":
        titles = texts()["buttons"]
        choices = ((titles["tip_edit"], data("edit", tip.id)), (titles["tip_retire"], data("retire", tip.id)))
        await say(message, "tip_own", *choices, text=tip.text)
    elif parts[0] == "edit":
        await _ask(message, person, tip.id)
    else:
        own_tips.retire(database(), person.id, tip.id, utc_now())
        await say(message, "tip_retired")


async def written(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message of somebody who was asked for a tip; of everybody else it goes on to the other handlers.

    Raises:
        ApplicationHandlerStop: The message was the tip.
    """
    message, user = update.message, update.effective_user
    if message is None or user is None:
        return
    person, now = manager(user.id, context), utc_now()
    number = own_tips.asked_for(database(), str(user.id), now - PATIENCE)
    if person is None or number is None:
        return
    text, picture = (message.text or message.caption or "").strip(), message.photo[-1].file_id if message.photo else ""
    if not text or len(text) > MOST:
        await say(message, "tip_too_long" if text else "tip_no_words", most=MOST)
    else:
        own_tips.write(database(), person.id, number, text, picture, now)
        await say(message, "tip_kept")
    raise ApplicationHandlerStop


async def another(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A command ends the waiting for words."""
    if update.effective_user:
        own_tips.ask_no_more(database(), str(update.effective_user.id))


async def _ask(message: Message, person: Person, number: int) -> None:
    own_tips.ask_for(database(), person.id, number, utc_now())
    await say(message, "tip_write_ask", most=MOST)


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """In front of the handlers of messages; the two of group `FIRST` only look."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CallbackQueryHandler(chosen, rf"^{PREFIX}:(write|open|edit|retire)(:|$)"))
    application.add_handler(MessageHandler(private & filters.COMMAND, another), group=FIRST)
    application.add_handler(
        MessageHandler(private & ~filters.COMMAND & (filters.TEXT | filters.PHOTO), written), group=FIRST
    )


# After the gate and the limit for floods, before everything else.
FIRST = -1
