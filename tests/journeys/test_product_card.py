"""A product card from its first question to a rep's words: by hand, by file, after a restart, and who may not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlite_utils import Database

from knowledge.products.reading import template
from store import audit, people, products
from store.clock import utc_now
from tests.bot_under_test import BotUnderTest
from tests.conversations.chat import titles_of
from tests.journeys.talk import Talk

pytestmark = pytest.mark.model

# What a manager does and sees; “+” stands before a button.
ANSWERS = (
    ("/product", "还没有产品卡"),
    ("+新增产品", "产品叫什么"),
    ("云境 A8 瓷砖", "还怎么叫它"),
    ("A8、云境", "对外的价格"),
    ("一百多", "看不出价格"),
    ("128元/平米", "能用几年"),
    ("+跳过", "最强的一条优势"),
    ("比常规砖厚 2 毫米", "拿什么证明"),
    ("+上一步", "现在是：比常规砖厚 2 毫米"),
    ("+不改", "拿什么证明"),
    ("国检报告 GB-2031", "第二条优势"),
    ("跳过", "谁来比"),
    ("青石砖", "实实在在的不同"),
    ("他们家都是垃圾", "贬低人家"),
    ("他们花色多一倍，我们厚 2 毫米", "还常拿谁来比"),
    ("+跳过", "什么优惠"),
    ("满 30 平送铺贴", "到哪天为止"),
    ("2020-01-01", "就结束了"),
    ("2099-12-31", "别的优惠"),
    ("+跳过", "服务承诺"),
    ("免费量房；24 小时内上门", "质保多久"),
    ("5 年", "看一眼"),
)


FULL = {
    "name": "云境 A8 瓷砖",
    "aliases": "A8；云境",
    "price": "128 元/平米",
    "competitor_1": "青石砖",
    "difference_1": "他们花色多一倍，我们厚 2 毫米",
    "promotion_1": "满 30 平送铺贴",
    "promotion_end_1": "2099-12-31",
    "services": "免费量房",
    "warranty": "5 年",
}
OTHER = {"name": "白鹭 B2 地板", "price": "66 元/平米"}
# A technique whose words hold a price, a service and a warranty.
WITH_PRICE = '/too_expensive{"rank":"4"}'


@pytest.fixture
def manager(bot: BotUnderTest) -> Talk:
    return Talk(bot, "王经理", people.MANAGER)


@pytest.fixture
def rep(bot: BotUnderTest) -> Talk:
    return Talk(bot, "小林")


def keep(database: Database, *cards: dict[str, str]) -> None:
    products.save_all(database, "tests", cards, utc_now())


async def play(talk: Talk, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Type each text, press each title behind “+”, see the words; the last message."""
    shown: dict[str, Any] = {}
    for said, seen in steps:
        shown = await talk.presses(shown, said[1:]) if said.startswith("+") else await talk.says(said)
        assert seen in shown["text"], f"after {said!r}:\n{shown['text']}"
        assert len(shown["text"].splitlines()) <= 20
    return shown


async def test_a_manager_fills_a_card_in_and_a_rep_gets_the_words(manager: Talk, rep: Talk, database: Database) -> None:
    await rep.says("你好")
    assert "〔价格〕" in (await rep.presses_data(WITH_PRICE))["text"]
    review = await play(manager, ANSWERS)
    assert "〔待补〕" not in review["text"]
    assert products.every(database) == [], "nothing is used before it is taken"
    assert "收下了" in (await manager.presses(review, "收下"))["text"]
    advice = await rep.presses_data(WITH_PRICE)
    assert "单看 128 元/平米这个数" in advice["text"]
    assert "免费量房和质保 5 年" in advice["text"]
    assert "🏷 可以带上：比常规砖厚 2 毫米（国检报告 GB-2031）" in advice["text"]
    assert [deed.action for deed in audit.entries(database)] == ["add_product"]


async def test_it_goes_on_after_a_restart_and_after_leaving(bot: BotUnderTest, manager: Talk) -> None:
    await play(manager, ANSWERS[:4])
    await bot.restart()
    await play(manager, (("99 元/平米", "能用几年"), ("算了", "先不填了"), ("太贵了", "「太贵了」")))
    await play(manager, (("/product", "「云境 A8 瓷砖」还没填完"), ("+接着填", "能用几年"), ("+先停", "填到哪我记着")))
    await bot.restart()
    await play(manager, (("/product", "还没填完"), ("+接着填", "能用几年"), ("10 年", "最强的一条优势")))
    await play(manager, (("太贵了", "拿什么证明"), ("/help", "我能做这些")))
    await play(manager, (("/product", "还没填完"), ("+扔掉", "真的扔掉"), ("+扔掉", "扔掉了")))
    assert "接着填" not in titles_of(await manager.says("/product"))


async def test_what_was_named_before_still_fills_the_next_words(rep: Talk, database: Database) -> None:
    keep(database, FULL, OTHER)
    assert "🏷 可以带上：和青石砖比：" in (await rep.says("青石砖比 A8 便宜"))["text"]
    shown = [(await rep.says("换一个"))["text"] for _ in range(4)]
    assert any("青石砖好坏我不评价" in text for text in shown)
    assert not any("白鹭" in text for text in shown)


async def test_the_drills_model_answer_and_the_three_lines_use_the_card(rep: Talk, database: Database) -> None:
    keep(database, FULL)
    await rep.says("你好")
    quick = await rep.presses_data('/quick{"advice":"ask_discount.analytical.0"}')
    assert "满 30 平送铺贴" in quick["text"]
    await rep.presses_data('/start_drill{"advice":"quality_doubt.analytical.0"}')
    await rep.says("您担心坏了没人管，我理解，咱们先看看您最怕哪一项，好吗？")
    await rep.presses_data("/stop_drill")
    model = await rep.presses_data('/show_model{"drill":"1"}')
    assert "质保 5 年，报告编号在这份〔证明材料〕上" in model["text"], "what the card does not say stays marked"
    assert "🏷 你的产品能用上：质保 5 年" in model["text"]


async def test_a_rep_cannot_write(rep: Talk, database: Database) -> None:
    keep(database, FULL)
    card = await rep.says("/product")
    assert "128 元/平米" in card["text"]
    assert titles_of(card) == []
    for data in ("/fill_product", '/edit_product{"item":"1","part":"price"}', '/drop_product{"item":"1","sure":"1"}'):
        assert "经理才能做" in (await rep.presses_data(data))["text"]
    assert "经理" in (await rep.sends(template(), "products.csv"))["text"]
    assert "经理才能做" in (await rep.presses_data("/keep_products"))["text"]
    assert "经理才能做" in (await rep.says("/product 模板"))["text"]
    assert [product.values for product in products.every(database)] == [FULL]


async def test_a_stranger_gets_nothing(bot: BotUnderTest, database: Database) -> None:
    keep(database, FULL)
    stranger = Talk(bot, "路人", member=False)
    assert "邀请" in (await stranger.says("/product"))["text"]
    assert len(await stranger.said_after("/product")) == 0
    assert len(await stranger.said_after("太贵了")) == 0


async def test_a_file_is_taken_whole_or_not_at_all(manager: Talk, rep: Talk, database: Database) -> None:
    assert "document" in await manager.says("/product 模板")
    wrong = "名称,价格,优势1,证明1\n云境 A8,一百多,厚,\n白鹭 B2,66 元/平米,,\n".encode()
    report = (await manager.sends(wrong, "产品.csv"))["text"]
    assert "第 2 行「价格」“一百多”里看不出价格" in report
    assert "第 2 行「证明1」没有证明的优势" in report
    assert "没有等你点头" in (await manager.presses_data("/keep_products"))["text"]
    right = "名称,价格,承诺\n云境 A8,128 元/平米,免费量房\n白鹭 B2,66 元/平米,\n"
    shown = await manager.sends(right.encode("gb18030"), "产品.csv")
    assert "新增：云境 A8、白鹭 B2" in shown["text"]
    assert products.every(database) == []
    assert "收下 2 张" in (await manager.presses(shown, "收下"))["text"]
    listed = await rep.says("/product")
    card = await rep.presses(listed, "白鹭 B2")
    await rep.presses(card, "用这张")
    assert "66 元/平米" in (await rep.presses_data(WITH_PRICE))["text"]


async def test_a_yaml_file_and_other_files_go_their_own_ways(manager: Talk) -> None:
    shown = await manager.sends("- 名称: 云境 A8\n  价格: 128 元/平米\n".encode(), "products.yml")
    assert "1 个产品" in shown["text"]
    assert "不要了" in (await manager.presses(shown, "不要"))["text"]
    assert "草稿" in (await manager.sends("# 名称\n云境 A8 的说明。\n".encode(), "说明.md"))["text"]
