"""Nothing lost: every update is answered once, whatever the process, the database or another chat does meanwhile."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.conversation import texts
from bot.engine import Reply
from store import inbox
from store.clock import utc_now
from tests.admitting import admit
from tests.bot.small_bot import TOKEN, SmallBot

BOT = TOKEN.partition(":")[0]


def states(database: Database) -> list[str]:
    return [row["state"] for row in database["inbox"].rows]


async def left_behind(bot: SmallBot, *words: str) -> list[inbox.Key]:
    """What a process wrote into the inbox before it was killed."""
    await bot.stop_application()
    keys = []
    for text in words:
        update = bot.telegram.send_text(bot.person, text)
        bot.telegram.queue.drop()  # it was confirmed
        key = inbox.Key(BOT, update["update_id"])
        person = str(bot.person)
        inbox.receive(_database(), inbox.Received(key, person, person, json.dumps(update)), utc_now())
        keys.append(key)
    return keys


def _database() -> Database:
    from store.database import database

    return database()


async def restarted(bot: SmallBot, keys: list[inbox.Key]) -> None:
    await bot.start_application()
    for key in keys:
        await bot.handled({"update_id": key.update_id})


async def test_a_second_delivery_is_answered_once(small_bot: SmallBot, database: Database) -> None:
    update = small_bot.telegram.send_text(small_bot.person, "太贵了")
    await small_bot.handled(update)
    small_bot.telegram.send_raw(update)
    await small_bot.says("在吗")
    assert small_bot.said() == ["第 1 个回答", "第 2 个回答"]
    assert states(database) == ["done", "done"]


async def test_what_a_killed_process_left_is_answered_in_order(small_bot: SmallBot, database: Database) -> None:
    keys = await left_behind(small_bot, "第一句", "第二句", "第三句")
    await restarted(small_bot, keys)
    assert [text for _, text in small_bot.engine.asked] == ["第一句", "第二句", "第三句"]
    assert len(small_bot.said()) == 3
    assert states(database) == ["done"] * 3


async def test_an_answer_that_was_not_sent_is_sent_without_asking_again(
    small_bot: SmallBot, database: Database
) -> None:
    (key,) = await left_behind(small_bot, "太贵了")
    inbox.note_answers(database, key, [[reply_json("先前的回答"), reply_json("还有一句")]])
    inbox.note_sent(database, key, 1)
    await restarted(small_bot, [key])
    assert small_bot.said() == ["还有一句"]
    assert small_bot.engine.asked == []


def reply_json(text: str) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(Reply(text))


async def test_a_message_that_killed_three_processes_is_set_aside(small_bot: SmallBot, database: Database) -> None:
    deadly, next_one = await left_behind(small_bot, "毒", "在吗")
    for _ in range(3):
        inbox.begin(database, deadly)
    await restarted(small_bot, [deadly, next_one])
    assert small_bot.said() == [texts()["unavailable"], "第 1 个回答"]
    assert states(database) == ["aside", "done"]


async def test_a_message_that_fails_three_times_is_set_aside_and_the_chat_goes_on(
    small_bot: SmallBot, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    small_bot.engine.error = RuntimeError("a fault in the code")
    await small_bot.says("毒")
    small_bot.engine.error = None
    await small_bot.says("在吗")
    assert small_bot.said() == [texts()["unavailable"], "第 4 个回答"]
    assert states(database) == ["aside", "done"]
    assert "is set aside after 3 tries" in caplog.text


async def test_one_chat_keeps_its_order_while_another_goes_on(small_bot: SmallBot) -> None:
    other = small_bot.person + 500_000
    small_bot.telegram.add_person(other, "老周")
    admit(other, "老周")
    may_go_on = asyncio.Event()
    answer = small_bot.engine.answer

    async def slow(sender_id: str, text: str) -> list[Reply]:
        if text == "慢":
            await may_go_on.wait()
        return await answer(sender_id, text)

    small_bot.engine.answer = slow  # type: ignore[method-assign]
    updates = [small_bot.telegram.send_text(small_bot.person, text) for text in ("慢", "快一", "快二")]
    await small_bot.handled(small_bot.telegram.send_text(other, "在吗"))
    assert small_bot.said() == []
    may_go_on.set()
    for update in updates:
        await small_bot.handled(update)
    assert [text for _, text in small_bot.engine.asked] == ["在吗", "慢", "快一", "快二"]


async def test_a_stop_finishes_what_is_under_way_and_keeps_the_rest(small_bot: SmallBot, database: Database) -> None:
    asked, may_go_on = asyncio.Event(), asyncio.Event()
    answer = small_bot.engine.answer

    async def slow(sender_id: str, text: str) -> list[Reply]:
        asked.set()
        await may_go_on.wait()
        return await answer(sender_id, text)

    small_bot.engine.answer = slow  # type: ignore[method-assign]
    for text in ("第一句", "第二句"):
        update = small_bot.telegram.send_text(small_bot.person, text)
    await asked.wait()
    await small_bot.telegram.wait_until(lambda: database["inbox"].count == 2)
    stopping = asyncio.create_task(small_bot.stop_application())
    await asyncio.sleep(0)
    may_go_on.set()
    await stopping
    assert (small_bot.said(), states(database)) == (["第 1 个回答"], ["done", "waiting"])
    await restarted(small_bot, [inbox.Key(BOT, update["update_id"])])
    assert small_bot.said() == ["第 1 个回答", "第 2 个回答"]


async def test_while_the_database_is_locked_the_person_is_told_and_answered_later(
    small_bot: SmallBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(tmp_path / "coach.db", isolation_level=None)
    other.execute("begin immediate")
    update = small_bot.telegram.send_text(small_bot.person, "太贵了")
    await small_bot.telegram.wait_for(small_bot.person)
    other.execute("rollback")
    await small_bot.handled(update)
    assert small_bot.said() == [texts()["not_kept"], "第 1 个回答"]
    assert "could not be kept, Telegram will repeat it: database is locked" in caplog.text
    assert "太贵了" not in caplog.text


@pytest.mark.parametrize("pragma", ["max_page_count = 1", "query_only = on"])
async def test_a_full_or_read_only_disk_loses_nothing(small_bot: SmallBot, database: Database, pragma: str) -> None:
    before = database.execute("pragma max_page_count").fetchone()[0]
    database.execute(f"pragma {pragma}")
    update = small_bot.telegram.send_text(small_bot.person, "太贵了" * 300)
    await small_bot.telegram.wait_for(small_bot.person)
    database.execute(f"pragma max_page_count = {before}")
    database.execute("pragma query_only = off")
    await small_bot.handled(update)
    assert small_bot.said() == [texts()["not_kept"], "第 1 个回答"]


async def test_trouble_in_the_middle_of_a_turn_does_not_count_as_a_try(small_bot: SmallBot, database: Database) -> None:
    small_bot.engine.error = sqlite3.OperationalError("database is locked")
    answer = small_bot.engine.answer

    async def locked_four_times(sender_id: str, text: str) -> list[Reply]:
        if len(small_bot.engine.asked) == 4:
            small_bot.engine.error = None
        return await answer(sender_id, text)

    small_bot.engine.answer = locked_four_times  # type: ignore[method-assign]
    await small_bot.says("太贵了")
    assert small_bot.said() == [texts()["not_kept"], "第 5 个回答"]
    assert states(database) == ["done"]


async def test_a_sealed_update_whose_key_is_gone_does_not_stop_the_others(
    small_bot: SmallBot, database: Database, tmp_path: Path
) -> None:
    await left_behind(small_bot, "读不出来了")
    (tmp_path / "coach.key").unlink()
    (key,) = await left_behind(small_bot, "在吗")
    await restarted(small_bot, [key])
    assert small_bot.said() == ["第 1 个回答"]
    assert states(database) == ["aside", "done"]


async def test_what_met_two_kills_goes_first_and_alone(small_bot: SmallBot, database: Database) -> None:
    keys = await left_behind(small_bot, "第一句", "第二句")
    other = str(small_bot.person + 500_000)
    admit(int(other), "老周")
    small_bot.telegram.add_person(int(other), "老周")
    update = small_bot.telegram.send_text(int(other), "可疑")
    small_bot.telegram.queue.drop()
    suspect = inbox.Key(BOT, update["update_id"])
    inbox.receive(database, inbox.Received(suspect, other, other, json.dumps(update)), utc_now())
    for _ in range(2):
        inbox.begin(database, suspect)
    await restarted(small_bot, [*keys, suspect])
    assert [text for _, text in small_bot.engine.asked] == ["可疑", "第一句", "第二句"]
    assert states(database) == ["done"] * 3
