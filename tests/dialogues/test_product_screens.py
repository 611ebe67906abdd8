"""Product cards as screens: who may do what, whatever the button says, and what they fill in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from bot.engine import Reply
from store import audit, people, products
from store.clock import utc_now
from store.products import NEW, Draft
from tests.admitting import admit
from tests.dialogues.speaking import spoken
from tests.dialogues.test_actions_replies import assert_sound

MANAGER, REP, STRANGER = "2", "11", "99"
WRITING = ("fill_product", "edit_product", "keep_product", "drop_product", "review_products", "keep_products")
LOOKING = ("show_products", "show_product", "choose_product")
SOON, OVER = ((utc_now() + timedelta(days=days)).date().isoformat() for days in (40, -3))
TILE = {
    "name": "云境 A8 瓷砖",
    "aliases": "A8；云境",
    "price": "128 元/平米",
    "years": "10",
    "strength_1": "比常规砖厚 2 毫米",
    "proof_1": "国检报告 GB-2031",
    "strength_2": "当天回电话",
    "proof_2": "服务台通话记录",
    "competitor_1": "青石砖",
    "difference_1": "他们花色多一倍；我们厚 2 毫米",
    "promotion_1": "满 30 平送铺贴",
    "promotion_end_1": SOON,
    "promotion_2": "开春立减",
    "promotion_end_2": OVER,
    "services": "免费量房；24 小时内上门",
    "warranty": "5 年",
}


@pytest.fixture(autouse=True)
def staff(database: Database) -> None:
    admit(2, "王经理", people.MANAGER, "华东")
    admit(11, "小林", team="华东")


def add(database: Database, values: dict[str, str]) -> int:
    return products.save(database, MANAGER, NEW, values, utc_now()).id


async def screens(sender: str, intent: str, text: str | None = None, **entities: str) -> list[Reply]:
    action = "action_answer_objection" if intent in ("too_expensive", "ask_discount") else f"action_{intent}"
    slots = {"objection": intent} if action == "action_answer_objection" else {}
    replies = await spoken(action, intent, text, entities, slots, sender)
    assert_sound(replies, f"{intent} {entities}")
    assert all(len(reply.text.splitlines()) <= 20 for reply in replies)
    return replies


async def screen(sender: str, intent: str, text: str | None = None, **entities: str) -> Reply:
    return (await screens(sender, intent, text, **entities))[0]


def titles(reply: Reply) -> list[str]:
    return [button.title for button in reply.buttons]


# Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", WRITING)
@pytest.mark.parametrize("sender", [REP, STRANGER, "tests", f"-100:{REP}"])
async def test_only_managers_write_whatever_the_button_says(sender: str, intent: str, database: Database) -> None:
    kept = add(database, TILE)
    products.save_draft(database, sender, Draft(kept, "", "review", {"name": "改了"}), utc_now())
    products.hold_file(database, sender, "a.csv", [{"name": "改了"}], utc_now())
    before = audit.entries(database)
    for do in ("", "skip", "gone", "drop"):
        forged = {"item": str(kept), "sure": "1", "part": "price", "do": do}
        assert "经理" in (await screen(sender, intent, **forged)).text
    assert products.every(database) == [products.Product(kept, TILE)]
    assert audit.entries(database) == before


@pytest.mark.parametrize("intent", WRITING)
async def test_in_a_group_a_manager_is_sent_to_the_private_chat(intent: str) -> None:
    assert "私聊" in (await screen(f"-100:{MANAGER}", intent)).text


@pytest.mark.parametrize("intent", LOOKING)
async def test_a_stranger_sees_nothing(intent: str, database: Database) -> None:
    kept = add(database, TILE)
    seen = (await screen(STRANGER, intent, item=str(kept))).text
    assert "邀请" in seen
    assert "128" not in seen
    assert products.chosen(database, STRANGER) is None


async def test_a_rep_looks_and_chooses(database: Database) -> None:
    kept = add(database, TILE)
    card = await screen(REP, "show_products")
    for line in (
        "云境 A8 瓷砖（现在用这张）",
        "也叫：A8、云境",
        "128 元/平米",
        "一年 12.8 元/平米",
        "（国检报告 GB-2031）",
    ):
        assert line in card.text
    assert "过期不再用：开春立减" in card.text
    assert "待补" not in card.text
    assert not {"改一项", "删掉", "新增产品"} & set(titles(card))
    other = add(database, {"name": "青石 B2"})
    listed = await screen(REP, "show_products")
    assert {"云境 A8 瓷砖", "青石 B2"} <= set(titles(listed))
    assert "用这张" in titles(await screen(REP, "show_product", item=str(kept)))
    await screen(REP, "choose_product", item=str(other))
    assert products.chosen(database, REP) == other
    assert "待补〕价格、优势、对手、优惠、承诺" in (await screen(REP, "show_product", item=str(other))).text


async def test_many_products_are_paged(database: Database) -> None:
    for number in range(19):
        add(database, {"name": f"产品 {number:02}"})
    first, last = await screen(REP, "show_products"), await screen(REP, "show_products", page="3")
    assert "下一页" in titles(first)
    assert "产品 18" in titles(last)


async def test_nobody_has_written_a_card_yet() -> None:
    assert "经理填好" in (await screen(REP, "show_products")).text
    assert "新增产品" in titles(await screen(MANAGER, "show_products"))


@pytest.mark.parametrize("item", ["", "7", "x", "9" * 30, "-1"])
async def test_a_card_that_is_gone(item: str) -> None:
    for intent in ("show_product", "choose_product", "drop_product", "edit_product"):
        assert "找不到" in (await screen(MANAGER, intent, item=item)).text


async def test_the_fullest_card_fits_on_a_screen(database: Database) -> None:
    full = {**TILE, "name": "字" * 16, "aliases": "；".join("字" * 10 for _ in range(4))}
    for n in "123":
        full |= {f"strength_{n}": "字" * 24, f"proof_{n}": "字" * 24}
    for n in "12":
        full |= {f"competitor_{n}": "字" * 10, f"difference_{n}": "字" * 40}
        full |= {f"promotion_{n}": "字" * 24, f"promotion_end_{n}": SOON}
    shown = await screen(MANAGER, "show_product", item=str(add(database, full)))
    assert len(shown.text) < 700


# Writing ---------------------------------------------------------------------------------------


async def test_a_button_of_an_earlier_question_moves_nothing(database: Database) -> None:
    products.save_draft(database, MANAGER, Draft(NEW, "", "price", {"name": "砖"}), utc_now())
    assert "价格" in (await screen(MANAGER, "fill_product", do="skip", item="aliases")).text
    assert "能用几年" in (await screen(MANAGER, "fill_product", do="skip", item="price")).text
    draft = products.draft_of(database, MANAGER)
    assert draft is not None
    assert draft.step == "years"


async def test_a_name_cannot_be_left_out(database: Database) -> None:
    asked = await screen(MANAGER, "fill_product")
    assert titles(asked) == ["先停"]
    for do in ("skip", "clear", "back"):
        assert "产品叫什么" in (await screen(MANAGER, "fill_product", do=do, item="name")).text
    assert "客户看得到的名字" in (await screen(MANAGER, "keep_product")).text
    assert products.every(database) == []


async def test_a_strength_without_proof_is_given_up_whole(database: Database) -> None:
    draft = Draft(NEW, "", "proof_1", {"name": "砖", "strength_1": "厚"})
    products.save_draft(database, MANAGER, draft, utc_now())
    assert "这一条不写" in titles(await screen(MANAGER, "fill_product", do="resume"))
    assert "谁来比" in (await screen(MANAGER, "fill_product", do="skip", item="proof_1")).text
    left = products.draft_of(database, MANAGER)
    assert left is not None
    assert left.values == {"name": "砖"}


async def test_a_card_with_half_a_pair_is_not_kept(database: Database) -> None:
    draft = Draft(NEW, "", "review", {"name": "砖", "promotion_1": "送铺贴"})
    products.save_draft(database, MANAGER, draft, utc_now())
    assert "优惠要有结束的日子" in (await screen(MANAGER, "keep_product")).text
    assert products.every(database) == []


async def test_a_part_is_changed_and_only_kept_after_a_look(database: Database) -> None:
    kept = add(database, TILE)
    assert titles(await screen(MANAGER, "edit_product", item=str(kept)))[:2] == ["名称", "价格"]
    asked = await screen(MANAGER, "edit_product", item=str(kept), part="services")
    assert "现在是：免费量房、24 小时内上门" in asked.text
    assert titles(asked) == ["不改", "清空", "先停"]
    await screen(MANAGER, "fill_product", do="clear", item="services")
    review = await screen(MANAGER, "fill_product", do="skip", item="warranty")
    assert "免费量房" not in review.text
    assert products.every(database)[0].values == TILE
    await screen(MANAGER, "keep_product")
    assert products.every(database)[0].values == {k: v for k, v in TILE.items() if k != "services"}
    assert audit.entries(database)[0].action == "change_product"
    assert products.draft_of(database, MANAGER) is None


async def test_another_card_waits_until_the_draft_is_done(database: Database) -> None:
    kept = add(database, TILE)
    products.save_draft(database, MANAGER, Draft(NEW, "", "price", {"name": "砖"}), utc_now())
    for intent, given in (("fill_product", {}), ("edit_product", {"item": str(kept), "part": "price"})):
        assert "「砖」还没填完" in (await screen(MANAGER, intent, **given)).text
    replies = await screens(MANAGER, "show_products")
    assert titles(replies[-1]) == ["接着填", "扔掉"]
    assert "真的扔掉" in (await screen(MANAGER, "fill_product", do="drop")).text
    assert products.draft_of(database, MANAGER) is not None
    await screen(MANAGER, "fill_product", do="gone")
    assert products.draft_of(database, MANAGER) is None


async def test_deleting_asks_once_and_is_logged(database: Database) -> None:
    kept = add(database, TILE)
    assert titles(await screen(MANAGER, "drop_product", item=str(kept))) == ["删掉", "留着"]
    assert len(products.every(database)) == 1
    await screen(MANAGER, "drop_product", item=str(kept), sure="1")
    assert products.every(database) == []
    assert audit.entries(database)[0].action == "drop_product"


async def test_a_file_is_shown_before_it_is_taken(database: Database) -> None:
    add(database, TILE)
    cards = [{**TILE, "price": "99 元/平米"}, {"name": "青石 B2"}]
    products.hold_file(database, MANAGER, "产品.csv", cards, utc_now())
    shown = await screen(MANAGER, "review_products")
    assert "新增：青石 B2" in shown.text
    assert "更新：云境 A8 瓷砖" in shown.text
    assert products.every(database)[0].values["price"] == "128 元/平米"
    assert "2 张" in (await screen(MANAGER, "keep_products")).text
    assert [product.values for product in products.every(database)] == cards
    assert "没有等你点头" in (await screen(MANAGER, "keep_products")).text


async def test_a_file_is_thrown_away(database: Database) -> None:
    products.hold_file(database, MANAGER, "产品.csv", [TILE], utc_now())
    await screen(MANAGER, "review_products", do="drop")
    assert products.held_file(database, MANAGER) is None
    assert products.every(database) == []


# Filling ---------------------------------------------------------------------------------------


async def test_words_are_filled_from_the_only_card(database: Database) -> None:
    assert "〔价格〕" in (await screen(REP, "too_expensive", rank="4")).text
    add(database, TILE)
    advice = await screen(REP, "too_expensive", rank="4")
    assert "单看 128 元/平米这个数" in advice.text
    assert "已经含了免费量房和质保 5 年" in advice.text
    assert "🏷 可以带上：比常规砖厚 2 毫米（国检报告 GB-2031）" in advice.text
    assert "128" in advice.words


async def test_inline_answers_carry_the_same_words(database: Database) -> None:
    add(database, TILE)
    assert "128 元/平米" in (await screen(f"inline:{REP}", "too_expensive", rank="4")).words
    assert "128" not in (await screen(f"inline:{STRANGER}", "too_expensive", rank="4")).words


async def test_of_several_cards_the_chosen_one_fills_and_none_by_chance(database: Database) -> None:
    add(database, TILE)
    other = add(database, {"name": "青石 B2", "price": "66 元/平米"})
    assert "〔价格〕" in (await screen(REP, "too_expensive", rank="4")).text
    await screen(REP, "choose_product", item=str(other))
    assert "66 元/平米" in (await screen(REP, "too_expensive", rank="4")).text
    assert "〔质保年限〕" in (await screen(REP, "too_expensive", rank="4")).text


async def test_a_product_named_in_the_message_comes_first(database: Database) -> None:
    add(database, TILE)
    await screen(REP, "choose_product", item=str(add(database, {"name": "青石 B2", "price": "66 元/平米"})))
    advice = await screen(REP, "too_expensive", "客户嫌 a8 太贵了", rank="4")
    assert "128 元/平米" in advice.text


async def test_a_promotion_that_is_over_is_not_used(database: Database) -> None:
    add(database, {**TILE, "promotion_1": "旧优惠", "promotion_end_1": OVER})
    advice = await screen(REP, "ask_discount", rank="0")
    assert "旧优惠" not in advice.text
    assert "〔现行优惠〕" in advice.text


async def test_strangers_words_stay_open(database: Database) -> None:
    add(database, TILE)
    assert "128" not in (await screen(STRANGER, "too_expensive", rank="4")).text
