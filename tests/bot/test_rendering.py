"""Replies become texts and keyboards within Telegram's limits."""

from __future__ import annotations

import pytest
from telegram import InlineKeyboardMarkup

from bot.engine import Button, Reply
from bot.rendering import SHORT_TITLE, keyboard, texts

LIMIT = 4096


def titles(markup: InlineKeyboardMarkup | None) -> list[list[str]]:
    """Button titles, row by row."""
    assert markup is not None
    return [[button.text for button in row] for row in markup.inline_keyboard]


def reply_with(*names: str) -> Reply:
    return Reply("好", tuple(Button(name, "/help") for name in names))


def test_a_short_text_stays_whole() -> None:
    assert texts(Reply("太贵了。\n先问一句？")) == ["太贵了。\n先问一句？"]


@pytest.mark.parametrize("length", [LIMIT - 1, LIMIT])
def test_a_text_of_the_full_length_is_one_message(length: int) -> None:
    assert texts(Reply("长" * length)) == ["长" * length]


def test_a_long_text_is_cut_at_sentence_ends() -> None:
    sentence = "客" * 99 + "。"
    pieces = texts(Reply(sentence * 100))
    assert len(pieces) == 3
    assert all(len(piece) <= LIMIT and piece.endswith("。") for piece in pieces)
    assert "".join(pieces) == sentence * 100


@pytest.mark.parametrize("end", ["！", "？", "\n"])
def test_other_ends_of_sentences_are_cut_at_too(end: str) -> None:
    first, second = texts(Reply("客" * 3000 + end + "户" * 3000))
    assert first == ("客" * 3000 + end).strip()
    assert second == "户" * 3000


def test_a_sentence_longer_than_a_message_is_cut_where_it_must_be() -> None:
    pieces = texts(Reply("头。" + "长" * (2 * LIMIT + 5)))
    assert all(len(piece) <= LIMIT for piece in pieces)
    assert "".join(pieces) == "头。" + "长" * (2 * LIMIT + 5)


def test_no_piece_is_empty() -> None:
    assert texts(Reply("\n\n好。\n\n")) == ["好。"]
    assert texts(Reply(" \n ")) == []


def test_no_buttons_means_no_keyboard() -> None:
    assert keyboard(Reply("好")) is None


def test_short_titles_stand_two_in_a_row() -> None:
    assert titles(keyboard(reply_with("换一招", "按客户类型", "为什么"))) == [["换一招", "按客户类型"], ["为什么"]]


def test_a_long_title_has_a_row_of_its_own() -> None:
    long = "长" * (SHORT_TITLE + 1)
    assert titles(keyboard(reply_with("一", long, "二", "三"))) == [["一"], [long], ["二", "三"]]
    assert titles(keyboard(reply_with("短" * SHORT_TITLE, "二"))) == [["短" * SHORT_TITLE, "二"]]


def test_buttons_keep_their_order_and_payloads() -> None:
    buttons = tuple(Button(f"第{number}个", f'/show_card{{"card":"c{number}"}}') for number in range(5))
    markup = keyboard(Reply("好", buttons))
    assert markup is not None
    flat = [button for row in markup.inline_keyboard for button in row]
    assert [(button.text, button.callback_data) for button in flat] == [(b.title, b.payload) for b in buttons]


def test_a_payload_may_have_64_bytes_and_no_more() -> None:
    assert keyboard(Reply("好", (Button("一", "/" + "a" * 63),))) is not None
    with pytest.raises(ValueError, match="65 bytes, Telegram allows 64"):
        keyboard(Reply("好", (Button("一", "/" + "a" * 64),)))


def test_bytes_count_not_characters() -> None:
    with pytest.raises(ValueError, match="67 bytes"):
        keyboard(Reply("好", (Button("一", "/" + "客" * 22),)))
