"""Functions on Chinese text: one normal form, words for search, syllables."""

from __future__ import annotations

import random
import unicodedata

import numpy as np
import pytest

from knowledge.language import normalise, pinyin, sentence_vectors, words
from knowledge.models import Knowledge

# What reps' phones produce, mixed at random below.
PIECES = (
    "太贵了", "太貴了", "客戶說", "好好好好好", "哈哈哈哈", "ｐｋ", "ＶＩＰ", "８折", "vip", "SaaS", "100",
    "1000000", "3.5", "😀", "👨\u200d👩\u200d👧", "❤\ufe0f", "🇨🇳", "①", "②", "℃", "％", "¥", "〔品牌〕",
    "“", "”", "‘", "…", "……", "。。。", "！！！", "???", ",", ";", ":", "~", " ", "  ", "\n", "\t",
    "\u3000", "\u200b", "\ufeff", "\xa0", "\x00", "e\u0301", "é", "㎡", "㍿", "ﬁ", "Ⅷ", "½", "かな", "한국",
    "ABC", "a", "的", "說", "髮", "后", "後", "乾", "著", "_", "__", "-", "--", "/", "{", "}", "(", ")",
    "（", "）", "#", "@bot", "🧑\u200d💼", "\u0301", "\ud7ff",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("太贵了", "太贵了"),
        ("ＡＢＣ１２３", "ABC123"),
        ("能打８折嗎？", "能打8折吗？"),
        ("客戶說太貴了", "客户说太贵了"),
        ("老闆還要再考慮一下", "老板还要再考虑一下"),
        ("好好好好", "好好"),
        ("哈哈哈哈哈哈", "哈哈"),
        ("太贵了！！！！", "太贵了！"),
        ("嗯。。。。", "嗯。"),
        ("太 贵 了", "太贵了"),
        ("SaaS 系统", "SaaS系统"),
        ("call me later", "call me later"),
        ("太贵了,便宜点?", "太贵了，便宜点？"),
        ("太贵了😀👍🏻", "太贵了"),
        ("1000000", "1000000"),
        ("报价 22000", "报价22000"),
        ("太\u200b贵\ufeff了", "太贵了"),
        ("太贵了\n便宜点", "太贵了便宜点"),
        ("  太贵了\t", "太贵了"),
        ("万一坏了怎么办", "万一坏了怎么办"),
    ],
)
def test_a_message_gets_its_normal_form(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize("typed", ["😀", "👍🏻👍🏻", "❤️"])
def test_nothing_but_emoji_stays(typed: str) -> None:
    assert normalise(typed) == typed


@pytest.mark.parametrize("typed", ["", " ", "\n\t\u3000"])
def test_nothing_stays_nothing(typed: str) -> None:
    assert normalise(typed) == ""


def test_normalising_twice_changes_nothing() -> None:
    chance = random.Random(20250303)
    for _ in range(3000):
        typed = "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
        once = normalise(typed)
        assert normalise(once) == once, ascii(typed)


def test_any_single_character_can_be_normalised_twice() -> None:
    for code in [*range(0x20, 0x3400), *range(0x4E00, 0xA000, 3), *range(0xF900, 0x10000), *range(0x1F000, 0x1FB00)]:
        once = normalise("贵" + chr(code) + "贵")
        assert normalise(once) == once, hex(code)


def test_two_scripts_and_two_widths_become_one() -> None:
    assert normalise("這個報價比別家貴２０％") == normalise("这个报价比别家贵20%")


def test_the_normal_form_holds_no_emoji_and_nothing_invisible() -> None:
    chance = random.Random(7)
    for _ in range(500):
        normal = normalise("太贵了" + "".join(chance.choices(PIECES, k=8)))
        assert not {unicodedata.category(c) for c in normal} & {"So", "Cf", "Cc", "Cn", "Co"}, ascii(normal)


def test_the_products_own_texts_are_in_simplified_script(known: Knowledge) -> None:
    texts = [text for objection in known.objections.values() for text in (objection.title, objection.behind)]
    for text in texts:
        assert chinese(normalise(text)) == chinese(text)


def chinese(text: str) -> str:
    """Only the Chinese characters of a text."""
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")


# Words and syllables ---------------------------------------------------------------------------


def test_words_are_cut_without_punctuation() -> None:
    cut = words("客户说：太贵了！（真的）")
    assert "客户" in cut
    assert not set("：！（）") & set(cut)


def test_long_words_are_found_by_their_parts_too() -> None:
    assert {"成交", "信号"} <= set(words("十二个成交信号"))


def test_words_are_in_lower_case() -> None:
    assert "vip" in words("VIP接待")


@pytest.mark.parametrize("text", ["", "。！？", " "])
def test_punctuation_has_no_words(text: str) -> None:
    assert words(text) == []


def test_sales_terms_are_one_word() -> None:
    assert "拆散法" in words("拆散法怎么用")


def test_homophones_share_their_syllables() -> None:
    assert pinyin("太柜了") == pinyin("太贵了") == "tai gui le"
    assert pinyin("客请") == pinyin("客情")


def test_syllables_have_no_tones_and_leave_latin_as_it_is() -> None:
    assert pinyin("SaaS系统") == "SaaS xi tong"
    assert pinyin("") == ""


# Sentence vectors ------------------------------------------------------------------------------


def test_a_sentence_is_a_row_of_unit_length() -> None:
    vectors = sentence_vectors(["太贵了", "我要考虑一下", "成交信号有哪些"])
    assert vectors.shape == (3, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert sentence_vectors([]).shape == (0, 512)


def test_sentences_of_one_meaning_lie_nearer() -> None:
    price, dear, weather = sentence_vectors(["这个价格太高了", "太贵了，买不起", "明天会下雨吗"])
    assert price @ dear > price @ weather + 0.1


def test_a_sentence_has_the_same_vector_alone_and_in_company() -> None:
    alone, [_, together] = sentence_vectors(["太贵了"]), sentence_vectors(["我要考虑一下，再回复你", "太贵了"])
    assert np.allclose(alone[0], together, atol=1e-3)
