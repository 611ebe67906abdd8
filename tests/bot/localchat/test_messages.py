"""Sending, editing and deleting through the real python-telegram-bot client."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bot.localchat import LocalTelegram
from bot.localchat.media import plain_png

pytestmark = pytest.mark.asyncio
PERSON, GROUP = 1001, -1001000000001


def keys(data: str = "yes", text: str = "好") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


async def test_a_text_arrives_with_its_keyboard(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_message(PERSON, "  第一行\n第二行 ", reply_markup=keys())
    assert sent.text == "第一行\n第二行"
    assert sent.chat.id == PERSON
    assert sent.from_user
    assert sent.from_user.is_bot
    (stored,) = server.messages(PERSON)
    assert stored["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "yes"


async def test_html_becomes_entities_counted_in_utf16(bot: Bot) -> None:
    text = '😀 <b>粗 <i>斜</i></b> &lt;a&gt; <a href="https://example.com">链接</a>'
    sent = await bot.send_message(PERSON, text, parse_mode="HTML")
    assert sent.text == "😀 粗 斜 <a> 链接"
    found = {entity.type: (entity.offset, entity.length) for entity in sent.entities}
    assert found == {"bold": (3, 3), "italic": (5, 1), "text_link": (11, 2)}
    assert sent.entities[2].url == "https://example.com"


async def test_code_in_pre_names_its_language(bot: Bot) -> None:
    html = '<pre><code class="language-python">x = 1</code></pre><blockquote>引</blockquote>'
    sent = await bot.send_message(PERSON, html, parse_mode="HTML")
    assert [(e.type, e.language) for e in sent.entities] == [
        ("pre", "python"),
        ("blockquote", None),
    ]


@pytest.mark.parametrize(
    "html",
    ["<b>开着", "</b>", "<b>交<i>叉</b></i>", "<u", "3 < 4", "<h1>大</h1>", "<script>x</script>"],
)
async def test_malformed_html_is_refused(bot: Bot, html: str) -> None:
    with pytest.raises(BadRequest, match="(?i)can't parse entities"):
        await bot.send_message(PERSON, html, parse_mode="HTML")


@pytest.mark.parametrize(
    "text", ["a" * 4096, "😀" * 2048, "<b>" + "x" * 4096 + "</b>"], ids=["letters", "emoji", "tags"]
)
async def test_the_longest_text_passes(bot: Bot, text: str) -> None:
    assert await bot.send_message(PERSON, text, parse_mode="HTML")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 4097, "is too long"),
        ("😀" * 2049, "is too long"),
        (" \n ", "text is empty"),
        ("<b></b>", "text is empty"),
    ],
    ids=["letters", "emoji", "blank", "tags only"],
)
async def test_a_text_out_of_bounds_is_refused(server: LocalTelegram, bot: Bot, text: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i)message {reason}"):
        await bot.send_message(PERSON, text, parse_mode="HTML")
    assert server.messages(PERSON) == []


async def test_callback_data_has_64_bytes(bot: Bot) -> None:
    await bot.send_message(PERSON, "刚好", reply_markup=keys("字" * 21 + "x"))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(PERSON, "多了", reply_markup=keys("字" * 22))


async def test_buttons_need_an_action_and_a_real_link(bot: Bot) -> None:
    for button in (
        InlineKeyboardButton("无", api_kwargs={}),
        InlineKeyboardButton("坏", url="javascript:alert(1)"),
    ):
        with pytest.raises(BadRequest):
            await bot.send_message(PERSON, "x", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_unknown_chats_and_blocks(server: LocalTelegram, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(999, "有人吗")
    server.block(PERSON)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(PERSON, "在吗")
    server.block(PERSON, False)
    assert await bot.send_message(PERSON, "又可以了")


async def test_replies_quote_or_complain(bot: Bot) -> None:
    first = await bot.send_message(PERSON, "一")
    second = await bot.send_message(PERSON, "二", reply_to_message_id=first.message_id)
    assert second.reply_to_message
    assert second.reply_to_message.text == "一"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(PERSON, "三", reply_to_message_id=9999)
    assert await bot.send_message(PERSON, "四", reply_to_message_id=9999, allow_sending_without_reply=True)


async def test_edits_change_the_stored_message(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_message(PERSON, "旧", reply_markup=keys())
    edited = await bot.edit_message_text("新", PERSON, sent.message_id)
    assert edited.text == "新"
    assert edited.edit_date
    assert not edited.reply_markup
    await bot.edit_message_reply_markup(PERSON, sent.message_id, reply_markup=keys("no"))
    (stored,) = server.messages(PERSON)
    assert stored["text"] == "新"
    assert stored["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "no"


async def test_edits_that_fail(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_message(PERSON, "同", reply_markup=keys())
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("同", PERSON, sent.message_id, reply_markup=keys())
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(PERSON, sent.message_id, reply_markup=keys())
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("新", PERSON, 9999)
    theirs = server.send_text(PERSON, "我的话")["message"]["message_id"]
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("新", PERSON, theirs)
    with pytest.raises(BadRequest, match="no caption in the message"):
        await bot.edit_message_caption(PERSON, sent.message_id, caption="图注")


async def test_deleting(server: LocalTelegram, bot: Bot) -> None:
    sent = await bot.send_message(PERSON, "走")
    assert await bot.delete_message(PERSON, sent.message_id)
    assert server.messages(PERSON) == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(PERSON, sent.message_id)
    theirs = server.send_text(PERSON, "群里的话", GROUP)["message"]["message_id"]
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(GROUP, theirs)


async def test_pictures_documents_and_their_download(server: LocalTelegram, bot: Bot) -> None:
    picture = plain_png(40, 30)
    photo = await bot.send_photo(PERSON, picture, caption="<b>图</b>", parse_mode="HTML")
    assert (photo.photo[0].width, photo.photo[0].height) == (40, 30)
    assert photo.caption == "图"
    assert photo.caption_entities[0].type == "bold"
    file = await bot.get_file(photo.photo[0].file_id)
    assert bytes(await file.download_as_bytearray()) == picture
    document = await bot.send_document(PERSON, b"hello", filename="话术.txt")
    assert document.document
    assert document.document.file_name == "话术.txt"
    again = await bot.send_document(PERSON, document.document.file_id)
    assert again.document
    assert again.document.file_size == 5
    edited = await bot.edit_message_caption(PERSON, photo.message_id, caption="新图注")
    assert edited.caption == "新图注"


async def test_media_that_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(PERSON, plain_png(4, 4), caption="字" * 1025)
    with pytest.raises(BadRequest, match="(?i)image_process_failed"):
        await bot.send_photo(PERSON, b"not a picture")
    with pytest.raises(BadRequest, match="(?i)wrong file identifier"):
        await bot.send_photo(PERSON, "LOCAL-unknown")
    with pytest.raises(BadRequest, match="(?i)wrong file_id"):
        await bot.get_file("unknown")


async def test_actions_pins_and_reactions(server: LocalTelegram, bot: Bot) -> None:
    assert await bot.send_chat_action(PERSON, "typing")
    with pytest.raises(BadRequest, match="(?i)wrong parameter action"):
        await bot.send_chat_action(PERSON, "dancing")
    sent = await bot.send_message(PERSON, "置顶我")
    assert await bot.pin_chat_message(PERSON, sent.message_id)
    chat = await bot.get_chat(PERSON)
    assert chat.pinned_message
    assert chat.pinned_message.text == "置顶我"
    with pytest.raises(BadRequest, match="(?i)not enough rights"):
        in_group = await bot.send_message(GROUP, "群")
        await bot.pin_chat_message(GROUP, in_group.message_id)
    assert await bot.set_message_reaction(PERSON, sent.message_id, "❤")
    assert server.reactions(PERSON, sent.message_id) == {bot.id: ["❤"]}
    with pytest.raises(BadRequest, match="(?i)reaction_invalid"):
        await bot.set_message_reaction(PERSON, sent.message_id, "🍕")


async def test_a_reply_keyboard_belongs_to_the_chat(server: LocalTelegram, bot: Bot) -> None:
    markup = ReplyKeyboardMarkup([["是", "否"]])
    sent = await bot.send_message(PERSON, "选", reply_markup=markup)
    assert sent.reply_markup is None
    assert server.world.keyboards[PERSON]["keyboard"][0][0]["text"] == "是"
