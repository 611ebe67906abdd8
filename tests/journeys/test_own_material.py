"""A company's own file: sent by a manager, previewed, published, found by a rep with its source, replaced, removed."""

from __future__ import annotations

import pytest

from store import people
from tests.bot_under_test import BotUnderTest
from tests.journeys.talk import Talk

pytestmark = pytest.mark.model

QUESTION = "宿舍楼的饮水机滤芯多久换一次"
FIRST = "# 滤芯更换周期\n宿舍楼的饮水机滤芯每四个月换一次，由驻点工程师上门更换。\n".encode()
SECOND = "# 滤芯更换周期\n宿舍楼的饮水机滤芯每六个月换一次，由驻点工程师上门更换。\n".encode()


async def test_a_file_is_found_only_after_somebody_published_it(bot: BotUnderTest) -> None:
    manager, rep = Talk(bot, "王经理", people.MANAGER), Talk(bot, "小林")
    preview = await manager.sends(FIRST, "服务手册.md")
    assert "服务手册.md" in preview["text"]
    assert "草稿" in preview["text"]
    assert "四个月" not in (await rep.says(QUESTION))["text"]
    published = await manager.presses(preview, "发布")
    assert "已发布" in published["text"]
    answer = await rep.says(QUESTION)
    assert "每四个月换一次" in answer["text"]
    assert "《服务手册.md》" in answer["text"]


async def test_a_new_version_takes_the_place_of_the_old_one_and_can_be_taken_back(bot: BotUnderTest) -> None:
    manager = Talk(bot, "王经理", people.MANAGER)
    first = await manager.presses(await manager.sends(FIRST, "服务手册.md"), "发布")
    second = await manager.presses(await manager.sends(SECOND, "服务手册.md"), "发布")
    assert "第 2 版" in second["text"]
    assert "六个月" in (await manager.says(QUESTION))["text"]
    await manager.presses(second, "下架")
    assert "六个月" not in (await manager.says(QUESTION))["text"]
    files = await manager.presses(first, "公司资料")
    await manager.presses(await manager.presses(files, "服务手册.md 1"), "发布")
    assert "四个月" in (await manager.says(QUESTION))["text"]


async def test_it_survives_a_restart(bot: BotUnderTest) -> None:
    manager = Talk(bot, "王经理", people.MANAGER)
    await manager.presses(await manager.sends(FIRST, "服务手册.md"), "发布")
    await bot.restart()
    assert "四个月" in (await manager.says(QUESTION))["text"]


async def test_other_questions_are_answered_as_before(bot: BotUnderTest) -> None:
    manager = Talk(bot, "王经理", people.MANAGER)
    await manager.presses(await manager.sends(FIRST, "服务手册.md"), "发布")
    assert "服务手册" not in (await manager.says("拜访前要准备什么"))["text"]
    assert "「太贵了」" in (await manager.says("太贵了"))["text"]


async def test_a_bad_file_gets_one_sentence_and_changes_nothing(bot: BotUnderTest) -> None:
    manager = Talk(bot, "王经理", people.MANAGER)
    assert "宏" in (await manager.sends(b"PK", "价格表.xlsm"))["text"]
    assert "还没有" in (await manager.says("/material"))["text"]


async def test_a_rep_can_neither_add_nor_publish(bot: BotUnderTest) -> None:
    manager, rep = Talk(bot, "王经理", people.MANAGER), Talk(bot, "小林")
    assert "经理" in (await rep.sends(FIRST, "服务手册.md"))["text"]
    await manager.sends(FIRST, "服务手册.md")
    await rep.says("太贵了")
    await rep.presses_data('/publish_own_file{"file":"1"}')
    assert "四个月" not in (await rep.says(QUESTION))["text"]
