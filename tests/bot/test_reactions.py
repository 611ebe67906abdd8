"""An emoji on a tip rates it; taken back, nothing is left; on other messages and from strangers it means nothing."""

from __future__ import annotations

from sqlite_utils import Database

from store import tips
from store.clock import utc_now
from tests.bot.small_bot import SmallBot


def ratings(database: Database) -> list[tuple[str, int]]:
    return [(row["tip_id"], row["rating"]) for row in database["tip_likes"].rows]


async def react(bot: SmallBot, message_id: int, emoji: str | None, chat_id: int | None = None) -> None:
    await bot.handled(bot.telegram.react(bot.person, message_id, emoji, chat_id))


async def test_the_last_reaction_counts(small_bot: SmallBot, database: Database) -> None:
    small_bot.engine.extras = {"tip": "price_split_the_sum"}
    message = await small_bot.asks("/tip")
    before = small_bot.said()
    for emoji, expected in (("❤", 1), ("👎", -1), ("👍", 1)):
        await react(small_bot, message["message_id"], emoji)
        assert ratings(database) == [("price_split_the_sum", expected)]
    await react(small_bot, message["message_id"], None)
    assert ratings(database) == []
    assert small_bot.said() == before, "a reaction is not answered with words"


async def test_a_reaction_to_another_message_is_nothing(small_bot: SmallBot, database: Database) -> None:
    message = await small_bot.asks("太贵了")
    await react(small_bot, message["message_id"], "👍")
    assert ratings(database) == []


async def test_a_stranger_rates_nothing(small_bot: SmallBot, database: Database) -> None:
    tips.note_message(database, 799_001, 5, "price_split_the_sum", utc_now())
    small_bot.telegram.add_person(799_001, "路人")
    chat = {"id": 799_001, "type": "private", "first_name": "路人"}
    reaction = {"type": "emoji", "emoji": "👍"}
    raw = {"chat": chat, "message_id": 5, "user": small_bot.telegram.world.person(799_001), "date": 1,
           "old_reaction": [], "new_reaction": [reaction]}  # fmt: skip
    await small_bot.handled(small_bot.telegram.send_raw({"message_reaction": raw}))
    assert ratings(database) == []
