"""The pictures of the README: a drill played in the chat page on a phone's window; run by `make screenshots`.

.venv/bin/python -m benchmarks.screenshots [FOLDER]     # docs/screens unless given

Everything is the product's own: model, bot, local Bot API server, page. Only the practice of the past weeks is made up,
the same at every run, in a database that is thrown away.
"""

from __future__ import annotations

import asyncio
import io
import os
import random
import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright
from telegram.ext import Application

from bot import app
from bot.__main__ import LOCAL_TOKEN, LOCAL_USERNAME, start_polling
from bot.engine import EmbeddedEngine
from bot.lanes import Lanes
from bot.local_people import admit_roster
from bot.localchat import LocalTelegram
from bot.localchat.people import load_roster
from dialogues.training import train
from knowledge.learning.data import skills
from knowledge.loader import knowledge
from store import attempts, drills, people, questions, teams
from store.attempts import CHECK, Attempt, Check, Standing
from store.clock import utc_now
from store.database import PATH_VARIABLE, database

PHONE = {"width": 390, "height": 844}
SCALE, COLOURS = 2, 128
CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
REP, MATE, MANAGER = "小林", "老周", "王经理"
MATES = ("阿强", "陈晨", "大伟", "方圆", "高洁", "何平", "江月", "老周", "李想", "马跃", "苏晴", "唐果", "吴用", "许诺")
OPENING = "练太贵了"
ANSWERS = (
    "这笔钱确实不小，换我也会仔细掂量。您是跟哪一家比着贵，还是超了预算？",
    "您放心，我们口碑一直很好，老师都是最好的。",
    "那这样，我今天下班前把明细表发您，明天上午十点我过来，咱们当面定哪几项留、哪几项能缓，您看行吗？",
)
STOP = "不练了"
TO_END = "document.getElementById('scroll').scrollTo({top: 1e6, behavior: 'instant'})"
TO_PICTURE = "[...document.querySelectorAll('.picture')].pop().scrollIntoView({block: 'start', behavior: 'instant'})"
WAIT_S, PAUSE_S, ROUNDS = 60.0, 0.05, 400


class Stage:
    """The page of one person, and the bot behind it."""

    def __init__(self, page: Page, telegram: LocalTelegram, application: Application, folder: Path) -> None:  # type: ignore[type-arg]
        self._page, self._telegram, self._application, self._folder = page, telegram, application, folder
        self._person = 0

    async def become(self, name: str) -> None:
        """Open this person's chat."""
        self._person = next(person.id for person in load_roster().people if person.name == name)
        await self._page.get_by_role("button", name="打开会话列表").click()
        await self._page.locator(".chat-item", has_text=name).first.click()

    async def says(self, text: str) -> None:
        """Type it in the page and wait until the bot is done."""
        before = self._last()
        await self._page.locator("#input").fill(text)
        await self._page.keyboard.press("Enter")
        await self._answered(before)

    async def presses(self, title: str) -> None:
        """Press the newest button of this title."""
        before = self._last()
        await self._page.get_by_role("button", name=title, exact=True).last.click()
        await self._answered(before)

    async def shoot(self, name: str, from_picture: bool = False) -> None:
        """Keep what the window shows: the end of the talk, or from its last picture on; few colours load fast."""
        await self._page.wait_for_function("[...document.images].every((image) => image.complete)")
        await self._page.evaluate(TO_PICTURE if from_picture else TO_END)
        await self._page.wait_for_timeout(600)  # the last animation
        picture = Image.open(io.BytesIO(await self._page.screenshot())).convert("RGB")
        path = self._folder / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path}: {path.stat().st_size // 1024} KB")

    def _last(self) -> int:
        messages = self._telegram.messages(self._person)
        return int(messages[-1]["message_id"]) if messages else 0

    async def _answered(self, before: int) -> None:
        """The bot has said something new and is busy with nothing; the page shows it."""
        lanes = self._application.update_processor
        assert isinstance(lanes, Lanes)
        await self._telegram.wait_for(self._person, after=before, timeout_s=WAIT_S)
        for _ in range(ROUNDS):
            if not lanes.under_way:
                break
            await asyncio.sleep(PAUSE_S)
        await self._page.wait_for_selector(f"[data-id='{self._last()}']")


def make_past(now: datetime) -> None:
    """A team that has practised for four weeks, and what it asked in the field."""
    rng = random.Random(7)
    roster = load_roster()
    admit_roster(roster, now)
    team = teams.find(database(), roster.groups[0].title, local=True)
    assert team is not None
    reps = [str(person.id) for person in roster.people if person.access == people.REP]
    for number, name in enumerate(MATES, start=5001):
        if name not in {person.name for person in roster.people}:
            people.admit(database(), str(number), name, people.REP, now, local=True)
            teams.join(database(), str(number), team.id)
            reps.append(str(number))
    for place, rep in enumerate(reps):
        _practise(rep, 45 + 40 * place / len(reps), 14 if place == 0 else rng.randrange(3, 11), now, rng)


def _practise(person: str, level: float, count: int, now: datetime, rng: random.Random) -> None:
    """So many drills of the last four weeks, better from one to the next, most on few objections."""
    objections = rng.sample(list(knowledge().objections), k=9)
    for number in range(count):
        at = now - timedelta(days=27 * (count - number) / count, hours=rng.random() * 8)
        objection = objections[min(rng.randrange(9), rng.randrange(9))]
        drill = drills.start(database(), person, "made_up", 1, {}, at)
        for turn in range(1, 4):
            total = round(min(97, max(12, rng.gauss(level + 20 * number / count - 8, 11))))
            end = Standing({}, "agrees", total) if turn == 3 else Standing({}, drills.RUNNING)
            attempts.record(
                database(), drill, _attempt(turn, objection, total, rng), end, at + turn * timedelta(minutes=1)
            )
        if at > now - timedelta(days=7):
            questions.record(database(), questions.Question(person, objection, "answered", objection), at)


def _attempt(turn: int, objection: str, total: int, rng: random.Random) -> Attempt:
    checks = tuple(
        Check(name, CHECK, "yes" if rng.random() * 100 < total else rng.choice(("partly", "no")), 10, 14)
        for name in skills()
    )
    return Attempt(turn, "made_up", objection, "driver", "", 1, total, None, "softens", {}, {"answer": "…"}, checks)


async def play(stage: Stage) -> None:
    """The five pictures, in the order of the README."""
    await stage.become(MATE)
    await stage.says("你好")  # the first answer of a process is slow
    await stage.become(REP)
    await stage.says("太贵了")
    await stage.shoot("advice")
    await stage.says(OPENING)
    for number, answer in enumerate(ANSWERS):
        await stage.says(answer)
        if number == 0:
            await stage.shoot("drill")
    await stage.says(STOP)
    await stage.presses("看这局得分")
    await stage.shoot("score_card")
    await stage.says("/progress")
    await stage.shoot("progress", from_picture=True)
    await stage.become(MANAGER)
    await stage.says("/team")
    await stage.shoot("team", from_picture=True)


async def main(folder: Path) -> None:
    """Serve, open Chromium, play."""
    folder.mkdir(parents=True, exist_ok=True)
    make_past(utc_now())
    telegram = LocalTelegram(token=LOCAL_TOKEN, bot_username=LOCAL_USERNAME)
    async with AsyncExitStack() as stack, async_playwright() as playwright:
        await telegram.start(port=0)
        stack.push_async_callback(telegram.stop)
        engine = EmbeddedEngine.load(train())
        application = app.build(LOCAL_TOKEN, engine, telegram.base_url, telegram.base_file_url, local=True)
        await start_polling(application, stack)
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS)
        stack.push_async_callback(browser.close)
        page = await browser.new_page(viewport=PHONE, device_scale_factor=SCALE, is_mobile=True, locale="zh-CN")  # type: ignore[arg-type]
        await page.goto(telegram.page_url)
        await page.wait_for_selector("body[data-ready]")
        await play(Stage(page, telegram, application, folder))


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ[PATH_VARIABLE] = str(Path(scratch) / "screens.db")
        asyncio.run(main(target))
