"""Product cards: what is taken and what is refused, how questions follow, what fills the open slots."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.loader import knowledge
from knowledge.products import facts, filling
from knowledge.products.card import Card
from knowledge.products.checking import Refused, checked, faults
from knowledge.products.facts import Named
from knowledge.products.reading import UnusableFile, is_of_products, read, template
from knowledge.products.sheet import Field, sheet
from knowledge.wording import fill

TODAY = date(2026, 3, 2)
TILE = Card(
    1,
    {
        "name": "云境 A8 瓷砖",
        "aliases": "A8；云境",
        "price": "128 元/平米",
        "years": "10",
        "strength_1": "比常规砖厚 2 毫米",
        "proof_1": "国检报告 GB-2031",
        "competitor_1": "青石砖",
        "difference_1": "他们花色多；我们更厚",
        "promotion_1": "满 30 平送铺贴",
        "promotion_end_1": "2026-03-31",
        "services": "免费量房；24 小时内上门",
        "warranty": "5 年",
    },
)
SOFTWARE = Card(2, {"name": "云境 A80 软件", "price": "9.8 万元/年"})

# Values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", sheet().fields.values(), ids=lambda field: field.id)
def test_every_example_is_taken(field: Field) -> None:
    assert checked(field.id, field.example, TODAY)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("price", "128元/平米", "128 元/平米"),
        ("price", "１２８ 元／平米", "128 元/平米"),
        ("price", "¥1,299.50", "1299.5 元"),
        ("price", "￥99/人", "99 元/人"),
        ("price", "9.8万", "9.8 万元"),
        ("price", "300块一次", "300 块一次"),
        ("years", "10 年", "10"),
        ("promotion_end_1", "3月31日", "2026-03-31"),
        ("promotion_end_1", "2027/1/5", "2027-01-05"),
        ("promotion_end_1", "3月2号", "2026-03-02"),
        ("services", "免费量房、终身维护;免费量房", "免费量房；终身维护"),
        ("strength_1", "  防滑  等级高 ", "防滑 等级高"),
    ],
)
def test_what_people_type_becomes_one_form(field: str, typed: str, kept: str) -> None:
    assert checked(field, typed, TODAY) == kept


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("name", " ", "required"),
        ("name", "全屋通体大理石瓷砖高端定制旗舰版一号", "too_long"),
        ("name", "瓷砖{brand}", "unprintable"),
        ("name", "瓷\x07砖", "unprintable"),
        ("name", "=HYPERLINK(1)", "formula"),
        ("name", "＝1+1", "formula"),
        ("strength_1", "+1+cmd", "formula"),
        ("strength_1", "@SUM(A1)", "formula"),
        ("price", "一百多", "no_number"),
        ("price", "5-10 元", "no_number"),
        ("price", "128", "no_unit"),
        ("price", "128/平米", "no_unit"),
        ("price", "0 元", "not_positive"),
        ("price", "-5 元", "not_positive"),
        ("years", "很多年", "no_years"),
        ("years", "99", "no_years"),
        ("promotion_end_1", "月底", "no_date"),
        ("promotion_end_1", "2 月 30 日", "no_date"),
        ("promotion_end_1", "2026-03-01", "over"),
        ("difference_1", "他们是垃圾", "insult"),
        ("difference_1", "青石砖偷工减料", "insult"),
        ("strength_1", "行业第一", "absolute"),
        ("services", "一；二；三；四", "too_many"),
        ("services", "；；", "empty"),
    ],
)
def test_wrong_values_are_refused_with_reason_and_way_out(field: str, typed: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(field, typed, TODAY)
    assert refused.value.reason == reason
    assert not {"{", "}"} & set(str(refused.value))


@pytest.mark.parametrize("typed", ["-20℃ 也能用", "+86 售后电话", "3 毫米"])
def test_a_sign_before_a_number_is_no_formula(typed: str) -> None:
    assert checked("strength_1", typed, TODAY) == typed


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "required"),
        ({"name": "砖", "strength_1": "厚"}, "no_proof"),
        ({"name": "砖", "competitor_1": "青石"}, "no_difference"),
        ({"name": "砖", "promotion_1": "送铺贴"}, "no_end"),
        ({"name": "砖", "proof_2": "报告"}, "no_partner"),
    ],
)
def test_halves_are_refused(values: dict[str, str], reason: str) -> None:
    assert [fault.reason for fault in faults(values)] == [reason]


def test_a_whole_card_has_no_fault() -> None:
    assert not list(faults(TILE.values))


# Questions -------------------------------------------------------------------------------------


def test_what_belongs_to_a_skipped_answer_is_not_asked() -> None:
    assert filling.following({"name": "砖"}, "strength_1") == "competitor_1"
    assert filling.following({"strength_1": "厚"}, "strength_1") == "proof_1"
    assert filling.following({"strength_1": "厚", "proof_1": "报告"}, "proof_1") == "strength_2"


def test_back_goes_over_the_same_questions() -> None:
    assert filling.before({"name": "砖"}, "competitor_1") == "strength_1"
    assert filling.before({}, "name") is None


def test_a_group_ends_with_its_last_question() -> None:
    assert filling.following({}, "price", "price") == "years"
    assert filling.following({}, "years", "price") is None


def test_taking_one_half_out_takes_the_other() -> None:
    values = filling.without(TILE.values, "proof_1")
    assert not {"strength_1", "proof_1"} & values.keys()
    assert values.keys() == TILE.values.keys() - {"strength_1", "proof_1"}
    assert filling.without(TILE.values, "strength_1") == values


# Open slots ------------------------------------------------------------------------------------


def test_a_card_fills_what_it_says_and_leaves_the_rest_marked() -> None:
    values = facts.of_card(TILE, TODAY)
    text = "{product} {price}，{period}，{unit_price}；{feature}，{proof}；"
    text += "{promotion}到{deadline}；{service}，{warranty}；{case}"
    assert fill(text, knowledge(), values) == (
        "云境 A8 瓷砖 128 元/平米，10 年，12.8 元/平米；比常规砖厚 2 毫米，国检报告 GB-2031；"
        "满 30 平送铺贴到 3 月 31 日；免费量房，5 年；〔真实案例〕"
    )


def test_a_share_that_does_not_come_out_even_says_so() -> None:
    card = TILE.with_values({**TILE.values, "price": "100 元/平米", "years": "3"})
    assert facts.of_card(card, TODAY)["unit_price"] == "33.33 元/平米左右"


def test_a_promotion_holds_on_its_last_day_and_no_longer() -> None:
    assert "promotion" in facts.of_card(TILE, date(2026, 3, 31))
    assert not {"promotion", "deadline"} & facts.of_card(TILE, date(2026, 4, 1)).keys()


def test_of_two_promotions_the_one_that_ends_first_is_told() -> None:
    card = TILE.with_values({**TILE.values, "promotion_2": "老客户返 2%", "promotion_end_2": "2026-03-10"})
    assert facts.of_card(card, TODAY)["promotion"] == "老客户返 2%"
    assert facts.of_card(card, date(2026, 3, 11))["promotion"] == "满 30 平送铺贴"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("客户嫌a8太贵", TILE),
        ("云境A８贵了", TILE),
        ("A80 软件他不要", None),
        ("云境 A80 软件他不要", SOFTWARE),
        ("太贵了", None),
        ("你们的云境能便宜吗", TILE),
    ],
)
def test_a_product_is_found_by_any_of_its_names(text: str, found: Card | None) -> None:
    assert facts.product_in(text, [TILE, SOFTWARE]) == found


@pytest.mark.parametrize(
    ("text", "entity", "words", "objection", "values"),
    [
        ("别家便宜 500 块", "amount", "500 块", "competitor_cheaper", {"amount": "500 块"}),
        ("5000 块太贵了", "amount", "5000 块", "too_expensive", {}),
        ("预算只有 5000 块，便宜点", "amount", "5000 块", "ask_discount", {}),
        ("用了两个月就坏了", "time", "两个月", "complaint_product", {}),
        ("8 号再说", "time", "8 号", "next_time", {"time": "8 号"}),
        ("三天以后再说", "time", "三天", "next_time", {}),
        ("老板不同意", "role", "老板", "need_authority", {"person": "老板"}),
        ("隔壁更便宜", "competitor", "隔壁", "competitor_cheaper", {"competitor": "隔壁"}),
    ],
)
def test_what_a_customer_names_fills_only_where_it_is_meant(
    text: str, entity: str, words: str, objection: str, values: dict[str, str]
) -> None:
    named = [Named(entity, words, text.index(words))]
    assert facts.of_message(text, named, objection) == values


def test_the_line_under_the_words_is_the_first_that_the_card_can_fill() -> None:
    values = facts.of_card(TILE, TODAY)
    assert facts.line(TILE, "competitor_cheaper", values) == "和青石砖比：他们花色多；我们更厚"
    assert facts.line(TILE, "ask_discount", values) == "满 30 平送铺贴，到 3 月 31 日"
    assert facts.line(TILE, "ask_discount", facts.of_card(TILE, date(2027, 1, 1))) == "云境 A8 瓷砖，128 元/平米"
    assert facts.line(SOFTWARE, "quality_doubt", facts.of_card(SOFTWARE, TODAY)) is None


# Files -----------------------------------------------------------------------------------------


def test_the_template_can_be_sent_back_as_it_is() -> None:
    found = read("products.csv", template(), TODAY)
    assert not found.faults
    assert found.products[0]["services"] == "免费量房；24 小时内上门"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_as_spreadsheets_write_them(encoding: str, delimiter: str) -> None:
    text = "名称,价格,质保\n云境瓷砖,128 元/平米,五年\n\n,,\n青石瓷砖,99 元/平米,\n".replace(",", delimiter)
    found = read("产品.CSV", text.encode(encoding), TODAY)
    assert found.products == (
        {"name": "云境瓷砖", "price": "128 元/平米", "warranty": "五年"},
        {"name": "青石瓷砖", "price": "99 元/平米"},
    )


def test_yaml_with_labels_or_keys() -> None:
    text = "- 名称: 云境\n  价格: 128 元/平米\n  承诺: [免费量房, 当天回电]\n"
    text += "- name: 青石\n  promotion_1: 送铺贴\n  promotion_end_1: 2026-12-31\n"
    found = read("products.yml", text.encode(), TODAY)
    assert found.products == (
        {"name": "云境", "price": "128 元/平米", "services": "免费量房；当天回电"},
        {"name": "青石", "promotion_1": "送铺贴", "promotion_end_1": "2026-12-31"},
    )


def test_every_fault_is_told_with_its_row() -> None:
    text = "名称,价格,优势1,证明1,对手1,不同1\n云境,一百多,厚,,,\n,,,,,\n=1+1,99 元,,,青石,都是骗子\n云境,88 元,,,,\n"
    found = read("产品.csv", text.encode(), TODAY)
    assert not found.products
    assert [(fault.row, fault.refused.reason) for fault in found.faults] == [
        (2, "no_number"),
        (2, "no_proof"),
        (4, "formula"),
        (4, "insult"),
        (5, "twice"),
    ]
    report = found.report()
    assert "第 2 行「价格」“一百多”里看不出价格" in report
    assert len(report.splitlines()) <= 20


def test_many_faults_fit_on_a_screen() -> None:
    text = "名称,价格\n" + "".join(f"产品{n},没有\n" for n in range(40))
    report = read("产品.csv", text.encode(), TODAY).report()
    assert "还有 35 处" in report
    assert len(report.splitlines()) <= 20


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", "名称,价格\n".encode()),
        ("a.csv", "名称,颜色\n砖,红\n".encode()),
        ("a.csv", "名称\n".encode() + "砖\n".encode() * 51),
        ("a.csv", b"x" * 300_000),
        ("a.csv", "名称\n砖\x00\n".encode("utf-16")),
        ("a.yml", b"- [a, b"),
        ("a.yml", b"[" * 20_000),
        ("a.yml", b"!!python/object/apply:os.system ['true']"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(name: str, content: bytes) -> None:
    with pytest.raises(UnusableFile) as refused:
        found = read(name, content, TODAY)
        assert found.faults
        raise UnusableFile("unreadable")
    assert "{" not in str(refused.value)


def test_other_tables_are_not_taken_for_products() -> None:
    assert is_of_products("a.csv", "名称,价格\n砖,1 元\n".encode())
    assert not is_of_products("a.csv", "客户的话,回答\n太贵了,您说得对\n".encode())
    assert not is_of_products("a.txt", "名称\n砖\n".encode())
    assert not is_of_products("a.yml", "名称: 砖\n".encode())


def test_a_file_that_is_too_big_is_known_by_its_head_and_refused_unread() -> None:
    content = "名称,价格\n".encode() + "砖,1 元\n".encode() * 30_000
    assert is_of_products("a.csv", content)
    with pytest.raises(UnusableFile, match="128 KB"):
        read("a.csv", content, TODAY)
    assert not is_of_products("a.yml", b"[" * 3_000_000)
