"""`/export` sends everything, `/forget` deletes it within the turn; in private, and only one's own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlite_utils import Database

from bot import retention
from bot.conversation import texts
from bot.handlers import own_data
from store import inbox, questions
from store.clock import utc_now
from tests.bot.small_bot import SmallBot


def ask_something(database: Database, person: int) -> None:
    questions.record(database, questions.Question(str(person), "too_expensive", "answered"), utc_now())


async def test_the_export_is_a_file_with_every_row(small_bot: SmallBot, database: Database) -> None:
    await small_bot.says("太贵了")
    ask_something(database, small_bot.person)
    await small_bot.says("/export")
    document = small_bot.bots_messages()[-1]["document"]
    assert document["file_name"] == own_data.FILE_NAME
    assert small_bot.bots_messages()[-1]["caption"] == texts()["exported"]


async def test_a_forgotten_person_leaves_no_trace_in_the_file(
    small_bot: SmallBot, database: Database, tmp_path: Path
) -> None:
    await small_bot.says("太贵了")
    ask_something(database, small_bot.person)
    await small_bot.says("/forget")
    message = small_bot.bots_messages()[-1]
    assert message["text"] == texts()["forget_ask"]
    assert database["people"].count == 1, "nothing is deleted before the answer"
    await small_bot.presses(message["message_id"], texts()["buttons"]["forget_yes"])
    assert small_bot.said()[-1] == texts()["forgotten"]
    database.execute("pragma wal_checkpoint(truncate)").fetchall()
    assert str(small_bot.person).encode() not in (tmp_path / "coach.db").read_bytes()
    assert "小林".encode() not in (tmp_path / "coach.db").read_bytes()


async def test_a_second_thought_keeps_everything(small_bot: SmallBot, database: Database) -> None:
    await small_bot.says("太贵了")
    await small_bot.says("/forget")
    await small_bot.presses(small_bot.bots_messages()[-1]["message_id"], texts()["buttons"]["forget_no"])
    assert small_bot.said()[-1] == texts()["forget_kept"]
    assert database["people"].count == 1


@pytest.mark.parametrize("command", ["/export", "/forget"])
async def test_in_a_group_nothing_is_shown(small_bot: SmallBot, command: str) -> None:
    small_bot.telegram.add_group(-5001, "华东一队", [small_bot.person])
    await small_bot.handled(small_bot.telegram.send_text(small_bot.person, f"{command}@seed_coach_bot", -5001))
    (message,) = [m for m in small_bot.telegram.messages(-5001) if m["from"]["is_bot"]]
    assert message["text"] == texts()["private_only"]


async def test_nobody_can_press_for_somebody_else(small_bot: SmallBot, database: Database) -> None:
    await small_bot.says("太贵了")
    await small_bot.says("/forget")
    message = small_bot.bots_messages()[-1]
    stranger = small_bot.person + 500_000
    small_bot.telegram.add_person(stranger, "路人")
    sender = small_bot.telegram.world.person(stranger)
    query = {"id": "77", "from": sender, "message": message, "chat_instance": "1", "data": own_data.YES}
    await small_bot.handled(small_bot.telegram.send_raw({"callback_query": query}))
    assert database["people"].count == 1
    assert small_bot.said()[-1] == texts()["forget_ask"]


async def test_once_a_day_the_old_rows_go(database: Database) -> None:
    old, new = utc_now() - timedelta(days=400), utc_now()
    for when in (old, new):
        questions.record(database, questions.Question("1", "too_expensive", "answered"), when)
    inbox.receive(database, inbox.Received(inbox.Key("1", 1), "1", "1", "{}"), new)
    inbox.end(database, inbox.Key("1", 1), old)
    await retention.expire(SimpleNamespace())  # type: ignore[arg-type]
    assert (database["questions"].count, database["inbox"].count) == (1, 0)


async def test_retention_is_scheduled(small_bot: SmallBot) -> None:
    assert "retention" in [job.name for job in small_bot.application.job_queue.jobs()]  # type: ignore[union-attr]
