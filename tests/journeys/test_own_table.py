"""A company's table in chat: template, faults by row, trial, publishing, going back; the model exchanged in talk."""

from __future__ import annotations

import asyncio
import io
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.engine import EmbeddedEngine
from bot.own_model import OwnModel
from bot.own_news import tell
from dialogues import own_content
from dialogues.embedded import EmbeddedRasa
from dialogues.training import model_path
from knowledge.own.table.template import example_rows, workbook
from store import own_tables, people
from store.database import database
from tests.bot_under_test import BotUnderTest
from tests.journeys.test_own_material import Talk

pytestmark = pytest.mark.model

NAME = "公司话术表.xlsx"
OURS = "这台按十年算，一天合十一块三。您看哪一年的花费不值？"
ROW = {
    "异议": "太贵了",
    "技巧": "拆散法",
    "为什么": "一天一天地看，他才知道花得不多。",
    "这样说": OURS,
    "忌": "别只报总价。",
    "接着": "把十年的账写给他。",
}


def table(**changed: str) -> bytes:
    """The empty workbook with one row of words, as a manager fills it in."""
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    page = book["话术"]
    titles = [cell.value for cell in page[1]]
    page.append([{**ROW, **changed}.get(title, "") for title in titles])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
async def nothing_left_in_use(bot: BotUnderTest, rasa: EmbeddedRasa) -> AsyncIterator[None]:
    processor = rasa.processor
    yield
    rasa.processor = processor
    own_tables.withdraw(database())
    own_content.refresh()


def files_of(bot: BotUnderTest, talk: Talk) -> list[dict[str, Any]]:
    return [m["document"] for m in bot.telegram.messages(talk.person) if m["from"]["is_bot"] and "document" in m]


async def test_from_the_template_to_new_answers_and_back(bot: BotUnderTest) -> None:
    manager, rep = Talk(bot, "王经理", people.MANAGER), Talk(bot, "小林")
    before = (await rep.says("太贵了"))["text"]
    versions = await manager.presses(await manager.says("/material"), "公司话术表")
    await manager.presses(versions, "下载空白模板")
    assert [file["file_name"] for file in files_of(bot, manager)] == [NAME]

    wrong = await manager.sends(table(技巧="拆伞法", 忌="长" * 50), NAME)
    assert "2 处要改" in wrong["text"]
    assert "「话术」第 2 行 技巧：没有“拆伞法”这个技巧" in wrong["text"]
    assert "拆散法" in wrong["text"]
    assert "「话术」第 2 行 忌：有 50 个字，最多 45 个" in wrong["text"]

    draft = await manager.sends(table(), NAME)
    assert "会变 1 个回答" in draft["text"]
    assert "太贵了：" in draft["text"]
    assert (await rep.says("太贵了"))["text"] == before

    assert "在用了" in (await manager.presses(draft, "发布"))["text"]
    answer = await rep.says("太贵了")
    assert OURS in answer["text"]
    assert f"公司资料《{NAME}》" in answer["text"]

    second = await manager.sends(table(这样说="我把十年的账写给您，您圈出嫌贵的一年，行吗？"), NAME)
    await manager.presses(second, "发布")
    assert "圈出嫌贵的一年" in (await rep.says("太贵了"))["text"]
    await bot.restart()
    assert "圈出嫌贵的一年" in (await rep.says("太贵了"))["text"]

    listed = await manager.says("/material")
    first = await manager.presses(await manager.presses(listed, "公司话术表"), "第 1 版")
    await manager.presses(first, "换回这一版")
    assert OURS in (await rep.says("太贵了"))["text"]

    shown = await manager.presses(await manager.presses(await manager.says("/material"), "公司话术表"), "第 1 版")
    await manager.presses(shown, "停用")
    assert (await rep.says("太贵了"))["text"] == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.xlsm", b"PK", "宏"),
        ("表.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 600, "密"),
        ("../../表.yml", "话术:\n- &a [x]\n- *a\n".encode(), "引用"),
        ("表.yml", "异议: 太贵了".encode(), "不是公司话术表"),
    ],
    ids=["macro", "encrypted", "alias", "no table"],
)
async def test_a_hostile_file_gets_one_sentence_and_changes_nothing(
    bot: BotUnderTest, name: str, content: bytes, said: str
) -> None:
    manager = Talk(bot, "王经理", people.MANAGER)
    assert said in (await manager.sends(content, name))["text"]
    assert own_tables.tables(database()) == []


async def test_a_rep_gets_neither_template_nor_version(bot: BotUnderTest) -> None:
    manager, rep = Talk(bot, "王经理", people.MANAGER), Talk(bot, "小林")
    await manager.sends(table(), NAME)
    shown = await rep.says("太贵了")
    for number, data in enumerate(('/publish_own_table{"table":"1"}', "table:empty", "table:1")):
        query = {"id": f"8{number}", "from": bot.telegram.world.person(rep.person), "message": shown}
        await bot.handled(bot.telegram.send_raw({"callback_query": {**query, "chat_instance": "1", "data": data}}))
    assert own_tables.published(database()) is None
    assert files_of(bot, rep) == []


# The model -------------------------------------------------------------------------------------


# Messages of each person while the model is exchanged.
ROUNDS = 4


class Exchange:
    """An engine on the tests' model, whose keeper “trains” by copying that model, or fails."""

    def __init__(self, rasa: EmbeddedRasa, fails: bool = False) -> None:
        self.trained = 0
        self._fails = fails
        engine = EmbeddedEngine(rasa.answer, rasa.exchange)
        self.keeper = OwnModel(engine, model_path(), self._train)

    async def _train(self) -> bool:
        self.trained += 1
        if not self._fails:
            own_content.model().parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(model_path(), own_content.model())
        return not self._fails


async def published_with_lessons(manager: Talk) -> dict[str, Any]:
    return await manager.presses(await manager.sends(workbook(example_rows()), NAME), "发布")


async def told(bot: BotUnderTest, talk: Talk) -> str:
    """What the bot says of itself, as its clock would have it do now."""
    await tell(bot.application.bot, local=False)
    return str(bot.telegram.messages(talk.person)[-1].get("text", ""))


async def test_a_model_is_exchanged_while_people_talk_and_nothing_is_lost(
    bot: BotUnderTest, rasa: EmbeddedRasa
) -> None:
    manager, reps = Talk(bot, "王经理", people.MANAGER), [Talk(bot, f"销售{n}") for n in range(3)]
    exchange, old = Exchange(rasa), rasa.processor
    assert "后台学" in (await published_with_lessons(manager))["text"]
    for rep in reps:
        await rep.says("太贵了")
    await exchange.keeper.tick()  # makes the model; the names are read anew at once

    exchanging = asyncio.create_task(exchange.keeper.tick())
    updates = [bot.telegram.send_text(rep.person, "换一招") for rep in reps for _ in range(ROUNDS)]
    await exchanging
    updates += [bot.telegram.send_text(rep.person, "换一招") for rep in reps]
    for update in updates:
        await bot.handled(update)

    assert rasa.processor is not old
    assert exchange.trained == 1
    for rep in reps:
        texts = [m["text"] for m in bot.telegram.messages(rep.person) if m["from"]["is_bot"]]
        assert len(texts) == 1 + len(updates) // len(reps)
        assert all("太贵了" in text for text in texts), "the conversation went on where it was"
    assert "学会了" in await told(bot, manager)
    assert own_tables.news(database()) == []


async def test_a_failed_training_leaves_the_old_model_and_is_told_once(bot: BotUnderTest, rasa: EmbeddedRasa) -> None:
    manager, exchange = Talk(bot, "王经理", people.MANAGER), Exchange(rasa, fails=True)
    await published_with_lessons(manager)
    await exchange.keeper.tick()
    await exchange.keeper.tick()
    assert exchange.trained == 1
    assert "没学成" in await told(bot, manager)
    assert "太贵了" in (await manager.says("太贵了"))["text"]
    assert "「太贵了」" in await told(bot, manager)


async def test_a_restart_in_the_middle_goes_on_by_itself(bot: BotUnderTest, rasa: EmbeddedRasa, tmp_path: Path) -> None:
    manager = Talk(bot, "王经理", people.MANAGER)
    await published_with_lessons(manager)
    await bot.restart()
    after = Exchange(rasa)
    await after.keeper.tick()
    await after.keeper.tick()
    assert own_content.model().parent == tmp_path / "models"
    assert "学会了" in await told(bot, manager)
