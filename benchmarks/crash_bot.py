"""The bot that `benchmarks/crash.py` kills: `python -m bot` with a stand-in for the model, ticking all the time.

The stand-in repeats the mark of a message, so every answer can be told from every other, and keeps the message as an
answer in a drill, in the transaction that the product uses. Waits of minutes are seconds here, because no process
lives longer.
"""

from __future__ import annotations

import re
import sys
from datetime import timedelta

import bot.__main__ as product
from bot import broadcast
from bot.engine import Button, EngineUnavailable, Reply
from store import attempts, deliveries, drills
from store.clock import utc_now
from store.database import database

MARK = re.compile(r"[mp]\d+")
SCENARIO, OBJECTION, TURNS = "customer", "too_expensive", 6
FIRST_TICK_S, TICK_S = 0.1, 0.3
# Longer than a call to Telegram takes on a busy machine, for what is under way so long counts as cut off.
LEASE, PAUSE = timedelta(seconds=6), timedelta(seconds=0.3)


class Drilling:
    """An engine for which every message is an answer to a customer."""

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        mark = MARK.search(text)
        if mark is None:
            raise EngineUnavailable("a message without a mark")
        _keep(sender_id, mark.group())
        return [Reply(f"{mark.group()} 答", (Button("换一个", f'/next{{"mark":"p{mark.group()[1:]}"}}'),))]

    async def close(self) -> None:
        return None


def _keep(sender_id: str, mark: str) -> None:
    now, opened = utc_now(), database()
    drill = drills.current(opened, sender_id) or drills.start(opened, sender_id, SCENARIO, 1, {"turn": 0}, now)
    turn = int(drill.state["turn"]) + 1
    attempt = attempts.Attempt(
        turn=turn,
        scenario=SCENARIO,
        objection=OBJECTION,
        style="driver",
        industry="",
        level=1,
        total=60,
        unscorable=None,
        reaction="softens",
        before=drill.state,
        words={"answer": mark},
        checks=(attempts.Check("empathy", attempts.CHECK, "yes", 10, 10),),
    )
    over = turn == TURNS
    after = attempts.Standing({"turn": turn}, "agrees" if over else drills.RUNNING, 60 if over else None)
    attempts.record(opened, drill, attempt, after, now)


def main() -> int:
    """As the product, with other waits and another engine."""
    broadcast.FIRST_TICK_S, broadcast.TICK_S = FIRST_TICK_S, TICK_S
    deliveries.LEASE, deliveries.FIRST_PAUSE = LEASE, PAUSE
    product.load_engine = lambda *_: Drilling()
    return product.main()


if __name__ == "__main__":
    sys.exit(main())
