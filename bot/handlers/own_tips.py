"""`/tip mine`: tips that a manager writes; the next message after “write” is the tip, with a picture if it has one.

/tip mine → list → a tip ─┬→ edit, its quiz → the next message
                          ├→ further up in the list
                          └→ no longer (asks once)
"""

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
from bot.handlers import own_quizzes
from bot.handlers._managing import PREFIX, data, manager, number_in, page_of, parts_of, pressed, say
from bot.handlers.own_quizzes import QuizError
from store import own_tips
from store.clock import utc_now
from store.database import database
from store.own_tips import QUIZ, WORDS, OwnTip
from store.people import Person

# One phone screen, and with a picture well below Telegram's 1,024 characters of a caption.
MOST = 300
TITLE = 12
# Whoever was asked for words and says nothing for so long means something else afterwards.
PATIENCE = timedelta(minutes=30)
_VERBS = "write|mine|open|edit|quiz|unquiz|unquizzed|up|retire|retired"
# After the gate and the limit for floods, before everything else.
FIRST = -1


async def show(message: Message, person: Person, parts: list[str], context: ContextTypes.DEFAULT_TYPE) -> None:
    """The manager's own tips, a page of them."""
    mine = [(tip.text[:TITLE], data("open", tip.id)) for tip in own_tips.of(database(), person.id)]
    choices = page_of(mine, parts, "mine")
    await say(
        message, "tip_mine" if mine else "tip_mine_none", (texts()["buttons"]["tip_write"], data("write")), *choices
    )


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A button of these screens."""
    allowed = await pressed(update, context)
    if allowed is None:
        return
    query, message, person = allowed
    parts = parts_of(query)
    tip = next((one for one in own_tips.of(database(), person.id) if one.id == number_in(parts)), None)
    if parts[0] == "write":
        await _ask(message, person, 0, WORDS)
    elif parts[0] == "mine":
        await show(message, person, parts, context)
    elif tip is None:
        await say(message, "tip_gone")
    else:
        await _do(parts[0], message, person, tip, context)


async def _do(verb: str, message: Message, person: Person, tip: OwnTip, context: ContextTypes.DEFAULT_TYPE) -> None:
    if verb == "open":
        await _open(message, tip)
    elif verb in ("edit", "quiz"):
        await _ask(message, person, tip.id, WORDS if verb == "edit" else QUIZ)
    elif verb == "unquiz":
        await say(message, "tip_unquiz_ask", (texts()["buttons"]["tip_unquiz_yes"], data("unquizzed", tip.id)))
    elif verb == "unquizzed":
        own_tips.set_quiz(database(), person.id, tip.id, None)
        await say(message, "tip_quiz_gone")
    elif verb == "up":
        own_tips.move_up(database(), person.id, tip.id)
        await show(message, person, [], context)
    elif verb == "retire":
        await say(message, "tip_retire_ask", (texts()["buttons"]["tip_retire_yes"], data("retired", tip.id)))
    else:
        own_tips.retire(database(), person.id, tip.id, utc_now())
        await say(message, "tip_retired")


async def _open(message: Message, tip: OwnTip) -> None:
    verbs = ["edit", "quiz", *(["ask", "unquiz"] if tip.quiz else []), "up", "retire"]
    titles = texts()["buttons"]
    await say(message, "tip_own", *((titles[f"tip_{verb}"], data(verb, tip.id)) for verb in verbs), text=tip.text)


async def written(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A message of somebody who was asked for a tip; of everybody else it goes on to the other handlers.

    Raises:
        ApplicationHandlerStop: The message was the tip or its quiz.
    """
    message, user = update.message, update.effective_user
    if message is None or user is None:
        return
    person = manager(user.id, context)
    asked = own_tips.asked_for(database(), str(user.id), utc_now() - PATIENCE)
    if person is None or asked is None:
        return
    number, part = asked
    if part == QUIZ:
        await _take_quiz(message, person, number)
    else:
        await _take_words(message, person, number)
    raise ApplicationHandlerStop


async def _take_words(message: Message, person: Person, number: int) -> None:
    text, picture = (message.text or message.caption or "").strip(), message.photo[-1].file_id if message.photo else ""
    if not text or len(text) > MOST:
        await say(message, "tip_too_long" if text else "tip_no_words", most=MOST)
        return
    tip = own_tips.write(database(), person.id, number, text, picture, utc_now())
    await say(message, "tip_kept", (texts()["buttons"]["tip_quiz"], data("quiz", tip.id)))


async def _take_quiz(message: Message, person: Person, number: int) -> None:
    try:
        quiz = own_quizzes.read(message.text or "")
    except QuizError as error:
        await say(message, str(error))
        return
    own_tips.set_quiz(database(), person.id, number, quiz)
    await say(message, "tip_quiz_kept", (texts()["buttons"]["tip_ask"], data("ask", number)))


async def another(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A command ends the waiting for words."""
    if update.effective_user:
        own_tips.ask_no_more(database(), str(update.effective_user.id))


async def _ask(message: Message, person: Person, number: int, part: str) -> None:
    own_tips.ask_for(database(), person.id, number, utc_now(), part)
    await say(message, "tip_write_ask" if part == WORDS else "tip_quiz_ask", most=MOST)


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """In front of the handlers of messages; the two of group `FIRST` only look."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CallbackQueryHandler(chosen, rf"^{PREFIX}:({_VERBS})(:|$)"))
    application.add_handler(MessageHandler(private & filters.COMMAND, another), group=FIRST)
    application.add_handler(
        MessageHandler(private & ~filters.COMMAND & (filters.TEXT | filters.PHOTO), written), group=FIRST
    )
