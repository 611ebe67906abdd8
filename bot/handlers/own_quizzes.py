"""The quiz behind a manager's own tip: read from what the manager types, asked by the button under the tip.

question
an option a line, the right one with * in front
why: … (may be missing)
"""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import PollLimit
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from bot import sending
from bot.conversation import texts
from bot.engine import Quiz, Reply
from bot.handlers._managing import PREFIX, data, number_in, parts_of
from bot.handlers.buttons import confirm
from store import own_tips, tips
from store.clock import utc_now
from store.database import database
from store.own_tips import OwnQuiz, OwnTip
from store.polls import Poll

RIGHT_MARKS, MOST_OPTIONS = ("*", "＊"), 6
ANSWER = "answer"


class QuizError(ValueError):
    """What was typed is no quiz; the message names the sentence of `bot/texts.yml` that says why."""


def read(text: str) -> OwnQuiz:
    """The quiz that a manager has typed.

    Raises:
        QuizError: It is none, or does not fit into Telegram's limits.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    mark = texts()["tip_words"]["quiz_why"]
    why = lines.pop()[len(mark) :].lstrip("：: ") if lines and lines[-1].startswith(mark) else ""
    question, options = "".join(lines[:1]), [line.lstrip("*＊ ") for line in lines[1:]]
    right = [number for number, line in enumerate(lines[1:]) if line.startswith(RIGHT_MARKS)]
    if not 2 <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options) or "" in options:
        raise QuizError("tip_quiz_options")
    if len(right) != 1:
        raise QuizError("tip_quiz_right")
    longest = max(map(len, options))
    if len(question) > PollLimit.MAX_QUESTION_LENGTH or longest > PollLimit.MAX_OPTION_LENGTH:
        raise QuizError("tip_quiz_long")
    if len(why) > PollLimit.MAX_EXPLANATION_LENGTH:
        raise QuizError("tip_quiz_long")
    return OwnQuiz(question, tuple(options), right[0], why)


async def asked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The button under a tip: ask its quiz, as often as wanted; only the first answer counts."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return
    tip = own_tips.find(database(), f"{own_tips.PREFIX}{number_in(parts_of(query))}")
    if tip is None or tip.quiz is None or not _may_answer(query, tip):
        await confirm(query, texts()["stale_button"])
        return
    await confirm(query)
    await sending.send(context.bot, query.message.chat.id, Reply(tip.quiz.question, quiz=_poll(tip, tip.quiz)))


def takes(poll: Poll) -> bool:
    """Whether a poll is one of these."""
    return poll.right.startswith(f"{PREFIX}:{ANSWER}:")


def note(user: User, poll: Poll, option: int) -> None:
    """Keep how it was answered; Telegram itself has shown at once whether it is right."""
    number = int(poll.right.rpartition(":")[2])
    own_tips.note_answer(database(), str(user.id), number, option == poll.correct, utc_now())


def _may_answer(query: CallbackQuery, tip: OwnTip) -> bool:
    """Who got the tip, and who wrote it: what is in it may be meant for one team."""
    person = str(query.from_user.id)
    return person == tip.made_by or tips.was_given(database(), person, tip.key)


def _poll(tip: OwnTip, quiz: OwnQuiz) -> Quiz:
    answer = data(ANSWER, tip.id)
    return Quiz(quiz.question, quiz.options, quiz.correct, quiz.why, right=answer, wrong=answer)


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """For everybody who gets tips, not only for managers."""
    application.add_handler(CallbackQueryHandler(asked, rf"^{PREFIX}:ask:\d+$"))
