"""Words that are commands when typed alone, with or without a customer of one's own: “复盘”, “张总”, “复盘张总”."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import lru_cache

from bot.conversation import Turn, texts
from bot.handlers.commands import PAYLOADS
from knowledge.customer_card import named_in
from knowledge.language import normalise
from store import conversations, customers
from store.clock import utc_now
from store.database import database

# While a form waits, what is typed is for it; in a drill only what nobody would say to a customer is a command.
DRILL = "practice_form"
FORM_LASTS = timedelta(hours=1)
# The commands that may be about one customer; a name alone opens the card.
ABOUT_CUSTOMER, CARD = ("customer", "review"), "customer"
_MARKS = re.compile(r"[\s，。！？、~～.!?…的]")


def payload_of(turn: Turn, words: str) -> str | None:
    """What the engine is told instead of the words; None for words that are none of these."""
    plain = _plain(words)
    facts = conversations.recall(database(), turn.sender_id, utc_now(), FORM_LASTS)
    form = facts.active_form if facts else None
    if form not in (None, DRILL):
        return None
    name = _commands().get(plain)
    if name or form == DRILL or not turn.is_private:
        return PAYLOADS[name] if name else None
    return _about_customer(str(turn.user.id), words, plain)


def _about_customer(person_id: str, words: str, plain: str) -> str | None:
    names = customers.names(database(), person_id)
    customer = named_in(words, names)
    if customer is None:
        return None
    rest = plain.replace(_plain(names[customer]), "", 1)
    name = _commands().get(rest) if rest else CARD
    return f"{PAYLOADS[name]}{json.dumps({'customer': str(customer)})}" if name in ABOUT_CUSTOMER else None


@lru_cache(maxsize=1)
def _commands() -> dict[str, str]:
    return {_plain(word): name for name, words in texts()["typed"].items() for word in words}


def _plain(words: str) -> str:
    return _MARKS.sub("", normalise(words))
