"""Inline mode: words that can be sent, for members only, within Telegram's limits."""

from __future__ import annotations

from typing import Any

from bot.engine import EngineUnavailable, Reply
from tests.bot.small_bot import SmallBot


class Words:
    """An engine that knows so many answers to one objection."""

    def __init__(self, count: int) -> None:
        self.asked: list[str] = []
        self._left = [f"这样说 {number}" for number in range(count)]

    async def answer(self, sender_id: str, text: str) -> list[Reply]:
        assert sender_id.startswith("inline:")
        self.asked.append(text)
        words = self._left.pop(0) if text != "/cancel" and self._left else ""
        return [Reply("一屏回答", words=words)]


async def results(bot: SmallBot, person: int, text: str) -> list[dict[str, Any]]:
    """What Telegram shows the person above the keyboard."""
    update = bot.telegram.inline_query(person, text)
    await bot.handled(update)
    query = bot.telegram.world.inline[update["inline_query"]["id"]]
    assert query.answer is not None
    found: list[dict[str, Any]] = query.answer["results"]
    return found


async def test_the_best_three_as_words_that_can_be_sent(small_bot: SmallBot) -> None:
    engine = Words(5)
    small_bot.engine.answer = engine.answer  # type: ignore[method-assign]
    found = await results(small_bot, small_bot.person, "太贵了")
    assert [one["input_message_content"]["message_text"] for one in found] == ["这样说 0", "这样说 1", "这样说 2"]
    assert engine.asked == ["/cancel", "太贵了", "/next_technique", "/next_technique"]
    assert small_bot.said() == [], "the person's own chat stays as it is"


async def test_words_that_are_no_objection_give_nothing(small_bot: SmallBot) -> None:
    small_bot.engine.answer = Words(0).answer  # type: ignore[method-assign]
    assert await results(small_bot, small_bot.person, "今天天气") == []


async def test_no_words_ask_nothing(small_bot: SmallBot) -> None:
    assert await results(small_bot, small_bot.person, " / ") == []
    assert small_bot.engine.asked == []


async def test_slashes_do_not_reach_the_engine(small_bot: SmallBot) -> None:
    await results(small_bot, small_bot.person, "/restart")
    assert "/restart" not in [text for _, text in small_bot.engine.asked]


async def test_a_stranger_gets_nothing(small_bot: SmallBot) -> None:
    small_bot.telegram.add_person(799_001, "路人")
    assert await results(small_bot, 799_001, "太贵了") == []
    assert small_bot.engine.asked == []


async def test_an_engine_that_does_not_answer_gives_nothing(small_bot: SmallBot) -> None:
    small_bot.engine.error = EngineUnavailable("out of order")
    assert await results(small_bot, small_bot.person, "太贵了") == []
