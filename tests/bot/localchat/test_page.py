"""The chat page in a real Chromium, with a small echo bot behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    async_playwright,
    expect,
)
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.localchat import LocalTelegram

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("page")]
TOKEN = "1001:test-token"
PERSON, OTHER, GROUP = 1001, 1002, -1001000000001
CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
Ctx = ContextTypes.DEFAULT_TYPE


async def echo(update: Update, context: Ctx) -> None:
    assert update.message
    assert update.effective_chat
    keys = [[InlineKeyboardButton(t, callback_data=d) for t, d in (("改一改", "edit"), ("提醒", "alert"))]]
    text = f"回声：{update.message.text or '附件'}"
    await update.message.reply_text(text, reply_markup=InlineKeyboardMarkup(keys))


async def pressed(update: Update, context: Ctx) -> None:
    assert update.callback_query
    if update.callback_query.data == "alert":
        await update.callback_query.answer("请注意", show_alert=True)
        return
    await update.callback_query.answer("收到了")
    await update.callback_query.edit_message_text("已经改好")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        try:
            chromium = await playwright.chromium.launch(executable_path=path, args=ARGS)
        except Error as error:
            pytest.skip(f"no Chromium to test the page with: {error.message.splitlines()[0]}")
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[LocalTelegram]:
    local = LocalTelegram(token=TOKEN)
    await local.start()
    yield local
    await local.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def app(server: LocalTelegram) -> AsyncIterator[Application]:
    made = Application.builder().token(TOKEN).base_url(server.base_url).build()
    made.add_handler(CallbackQueryHandler(pressed))
    made.add_handler(MessageHandler(filters.ALL, echo))
    assert made.updater
    async with made:
        await made.updater.start_polling()
        await made.start()
        yield made
        await made.updater.stop()
        await made.stop()


@pytest_asyncio.fixture(loop_scope="module", params=[PHONE, DESKTOP], ids=["phone", "desktop"])
async def page(
    server: LocalTelegram, app: Application, browser: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    """The loaded page; any script error or blocked resource fails the test at its end."""
    context: BrowserContext = await browser.new_context(viewport=request.param, locale="zh-CN")
    context.set_default_timeout(5000)
    loaded = await context.new_page()
    problems: list[str] = []
    loaded.on("pageerror", lambda error: problems.append(str(error)))
    loaded.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    await loaded.goto(server.page_url)
    await loaded.wait_for_selector("body[data-ready]")
    yield loaded
    await context.close()
    assert problems == []


def said(page: Page, text: str) -> Locator:
    """Text inside the conversation; the list of conversations repeats the last line."""
    return page.locator("#messages").get_by_text(text, exact=True)


async def say(page: Page, text: str) -> None:
    await page.get_by_label("输入消息，回车发送").fill(text)
    await page.keyboard.press("Enter")


async def choose(page: Page, name: str) -> None:
    """Switch conversation; on a phone the list is behind the menu button."""
    menu = page.get_by_role("button", name="打开会话列表")
    if await menu.is_visible():
        await menu.click()
    await page.locator(".chat-item", has_text=name).click()


async def test_a_first_visit_offers_examples(page: Page, server: LocalTelegram) -> None:
    await expect(page.get_by_role("heading", name="销售教练", level=3)).to_be_visible()
    await expect(page.locator(".chip")).to_have_count(3)
    await page.get_by_role("button", name="太贵了").click()
    await expect(said(page, "回声：太贵了")).to_be_visible()
    await expect(page.locator("#welcome")).to_be_hidden()


async def test_lines_are_kept_and_markup_is_only_text(page: Page, server: LocalTelegram) -> None:
    await page.locator("#input").fill("<img src=x onerror=alert(1)>")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("第二行 https://example.com/a")
    await page.keyboard.press("Enter")
    own = page.locator(".message.own .text")
    await expect(own).to_have_text("<img src=x onerror=alert(1)>\n第二行 https://example.com/a")
    await expect(page.locator(".messages img")).to_have_count(0)
    await expect(own.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    await server.wait_for(PERSON)


async def test_a_button_edits_and_an_alert_opens(page: Page) -> None:
    await say(page, "你好")
    await page.get_by_role("button", name="提醒").click()
    await expect(page.get_by_role("dialog")).to_contain_text("请注意")
    await page.get_by_role("button", name="知道了").click()
    await page.get_by_role("button", name="改一改").click()
    await expect(said(page, "已经改好")).to_be_visible()
    await expect(page.locator("#toast")).to_have_text("收到了")
    await expect(page.get_by_role("button", name="改一改")).to_have_count(0)


async def test_a_quiz_shows_verdict_and_explanation(page: Page, server: LocalTelegram, app: Application) -> None:
    for correct, verdict in ((0, "没有答对"), (1, "答对了")):
        await app.bot.send_poll(
            PERSON, f"第 {correct} 题", ["降价", "提问"], type="quiz", correct_option_ids=[correct],
            explanation="先问清楚。", is_anonymous=False,
        )  # fmt: skip
        card = page.get_by_role("group", name=f"第 {correct} 题")
        await expect(card.get_by_text("先问清楚。")).to_have_count(0)
        await card.get_by_role("button", name="提问").click()
        await expect(card.get_by_text(verdict)).to_be_visible()
        await expect(card.get_by_text("先问清楚。")).to_be_visible()
    assert next(iter(server.world.polls.values())).votes == {PERSON: [1]}


async def test_people_have_their_own_chats_and_unread_marks(page: Page, server: LocalTelegram) -> None:
    await say(page, "我是小林")
    await server.wait_for(PERSON)
    server.send_text(OTHER, "我是老周")
    await server.wait_for(OTHER)
    await expect(page).to_have_title("(1) 销售教练")
    await choose(page, "老周")
    await expect(said(page, "回声：我是老周")).to_be_visible()
    await expect(said(page, "回声：我是小林")).to_have_count(0)
    await expect(page).to_have_title("销售教练")


async def test_a_group_has_speakers_and_mentions(page: Page, server: LocalTelegram) -> None:
    await choose(page, "华东一队")
    await page.get_by_role("radio", name="老周").click()
    await say(page, "只是聊天")
    await expect(page.locator(".message.own")).to_have_count(1)
    await page.get_by_role("button", name="提到机器人").click()
    await page.keyboard.press("End")
    await page.keyboard.type("怎么开场")
    await page.keyboard.press("Enter")
    (answer,) = await server.wait_for(GROUP)
    assert answer["text"] == "回声：@seed_coach_bot 怎么开场"
    assert server.messages(GROUP)[0]["from"]["id"] == OTHER


async def test_history_and_place_survive_a_reload(page: Page) -> None:
    await choose(page, "王经理")
    await say(page, "还在吗")
    await expect(said(page, "回声：还在吗")).to_be_visible()
    await page.reload()
    await expect(said(page, "回声：还在吗")).to_be_visible()
    await expect(page.locator("#head-sub")).to_contain_text("王经理")


async def test_reactions_reach_the_server(page: Page, server: LocalTelegram) -> None:
    await say(page, "好用")
    (answer,) = await server.wait_for(PERSON)
    item = page.locator(f"[data-id='{answer['message_id']}']")
    await item.hover()
    await item.get_by_role("button", name="表情回应").click()
    await page.get_by_role("button", name="很棒").click()
    await expect(item.locator(".reaction")).to_have_text("🔥")
    assert server.reactions(PERSON, answer["message_id"]) == {PERSON: ["🔥"]}


async def test_commands_and_quick_replies(page: Page, server: LocalTelegram, app: Application) -> None:
    await app.bot.set_my_commands([("drill", "来一道练习"), ("help", "能做什么")])
    await page.get_by_role("button", name="命令菜单").click()
    await page.get_by_role("menuitem", name="来一道练习").click()
    await expect(said(page, "回声：/drill")).to_be_visible()
    await page.locator("#input").fill("/h")
    await expect(page.get_by_role("menuitem")).to_have_count(1)
    await page.locator("#input").fill("")
    await app.bot.send_message(PERSON, "选一个", reply_markup=ReplyKeyboardMarkup([["快捷一", "快捷二"]]))
    await page.get_by_role("button", name="快捷二").click()
    await expect(said(page, "回声：快捷二")).to_be_visible()


async def test_typing_pictures_documents_and_deletion(page: Page, server: LocalTelegram, app: Application) -> None:
    from bot.localchat.media import plain_png

    await app.bot.send_chat_action(PERSON, "typing")
    await expect(page.locator("#head-sub")).to_have_text("正在输入…")
    await app.bot.send_photo(PERSON, plain_png(60, 40), caption="图注")
    await expect(page.get_by_role("img", name="图注")).to_be_visible()
    await expect(page.locator("#head-sub")).to_contain_text("小林")
    sent = await app.bot.send_document(PERSON, b"hello", filename="话术.txt")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="话术.txt").click()
    assert (await download.value).suggested_filename == "话术.txt"
    await app.bot.delete_message(PERSON, sent.message_id)
    await expect(page.get_by_role("link", name="话术.txt")).to_have_count(0)


async def test_a_file_can_be_sent(page: Page, server: LocalTelegram) -> None:
    await page.get_by_role("button", name="添加附件").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="文件").click()
    await (await chooser.value).set_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"1,2"})
    await expect(said(page, "回声：附件")).to_be_visible()
    assert server.messages(PERSON)[0]["document"]["file_name"] == "a.csv"
    await expect(page.get_by_role("link", name="a.csv")).to_be_visible()


async def test_the_page_fits_its_window(page: Page, app: Application) -> None:
    await app.bot.send_message(PERSON, "很长" * 300 + "x" * 500)
    await expect(page.locator(".message")).to_have_count(1)
    wide = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide
    small = await page.evaluate(
        "[...document.querySelectorAll('button')]"
        ".filter(b => b.offsetParent && b.offsetHeight < 36)"
        ".map(b => b.ariaLabel || b.textContent)"
    )
    assert small == []
