"""Nobody writes so fast that others wait: beyond a burst a person's messages are passed over, with one sentence."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from telegram import Message, Update
from telegram.ext import Application, ApplicationHandlerStop, ContextTypes, TypeHandler

from bot.conversation import texts
from store.clock import utc_now

# Messages at once, and a second in the long run; nobody types like that.
BURST, PER_SECOND = 30.0, 2.0
PEOPLE_KEPT = 10_000
FIRST_GROUP = -100


class Bucket:
    """How many messages a person may still send."""

    def __init__(self, now: datetime) -> None:
        self._left = BURST
        self._at = now
        self.warned = False

    def take(self, now: datetime) -> bool:
        """Whether one more message is allowed at this time."""
        passed_s = max(0.0, (now - self._at).total_seconds())
        self._left = min(BURST, self._left + passed_s * PER_SECOND)
        self._at = now  # also backwards: after a clock was set right nobody may be locked out
        if self._left < 1:
            return False
        self._left -= 1
        self.warned = False
        return True


class Flood:
    """The buckets of the people seen last."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let an update pass or end its handling.

        Raises:
            ApplicationHandlerStop: Too many.
        """
        user = update.effective_user
        if user is None:
            return
        now = _time_of(update)
        bucket = self._buckets.setdefault(user.id, Bucket(now))
        self._buckets.move_to_end(user.id)
        if len(self._buckets) > PEOPLE_KEPT:
            self._buckets.popitem(last=False)
        if bucket.take(now):
            return
        if not bucket.warned and update.effective_message:
            bucket.warned = True
            await update.effective_message.reply_text(texts()["too_fast"])
        raise ApplicationHandlerStop


def _time_of(update: Update) -> datetime:
    """When the person wrote, not when it is handled: after an outage many messages come at once, and rightly so."""
    message = update.message or update.edited_message
    return message.date if isinstance(message, Message) else utc_now()


def add_handlers(application: Application) -> None:  # type: ignore[type-arg]
    """In front of all others."""
    application.add_handler(TypeHandler(Update, Flood().check), group=FIRST_GROUP)
