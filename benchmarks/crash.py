"""Kills the bot again and again under load and counts what people got; run by `make crash`.

    .venv/bin/python -m benchmarks.crash [--kills 200] [--seed 1] [--embedded]

The bot is `python -m bot` in a process of its own, on the local Bot API server of this one. Its engine is a small
stand-in for Rasa's REST channel, also in this process, that repeats what it was asked, so every answer can be told
from every other. With --embedded the bot loads the real model, and only the numbers of answers are compared.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import tornado.web
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from bot.conversation import texts
from bot.localchat import LocalTelegram
from store import people
from store.clock import utc_now
from store.database import PATH_VARIABLE, open_database

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "10000:token-of-the-crash-test-0000000000000000"
PEOPLE = range(900_001, 900_009)
# Seconds between two messages, and from the first poll to a kill at most.
EVERY_S, LONGEST_LIFE_S = 0.25, 1.5
FAULTS = ("fail", "refuse", "lose_reply")
START_TIMEOUT_S, ANSWER_TIMEOUT_S, STOP_TIMEOUT_S = 300.0, 120.0, 10.0
_MARK = re.compile(r"[mp]\d+")


class Echo(tornado.web.RequestHandler):
    """Rasa's REST channel in small: repeats the mark of the message and offers a button that carries it."""

    def post(self) -> None:
        mark = _MARK.search(json.loads(self.request.body)["message"])
        assert mark is not None
        button = {"title": "换一个", "payload": f'/next{{"mark":"p{mark.group()[1:]}"}}'}
        self.finish(json.dumps([{"text": f"{mark.group()} 答", "buttons": [button]}]))


@dataclass
class Report:
    """What came out; `twice` counts answers beyond the first, `in_doubt` how many of them the kills may explain."""

    kills: int = 0
    asked: int = 0
    unanswered: int = 0
    set_aside: int = 0
    twice: int = 0
    in_doubt: int = 0
    out_of_order: int = 0
    integrity: str = ""
    waiting: int = 0
    stop_s: float = 0.0
    stopped_with: int | None = None

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost and nothing doubled beyond the doubt that is documented."""
        whole = self.integrity == "ok" and self.waiting == 0 and self.unanswered == 0
        return whole and self.twice <= self.in_doubt and self.out_of_order == 0 and self.stopped_with == 0


@dataclass
class Load:
    """People who write and press buttons without waiting for the answer."""

    telegram: LocalTelegram
    chance: random.Random
    faulty: bool
    sent: dict[str, int] = field(default_factory=dict)
    lost_replies: int = 0

    async def run(self) -> None:
        while True:
            person = self.chance.choice(PEOPLE)
            self._write(person)
            if self.faulty and self.chance.random() < 0.02:
                self._break()
            await asyncio.sleep(EVERY_S)

    def _write(self, person: int) -> None:
        buttons = [m for m in self.telegram.messages(person)[-5:] if m.get("reply_markup")]
        if buttons and self.chance.random() < 0.3:
            message = buttons[-1]
            button = message["reply_markup"]["inline_keyboard"][0][0]
            mark = _MARK.search(button.get("callback_data", ""))
            if mark and mark.group() not in self.sent:
                self.sent[mark.group()] = person
                self.telegram.press(person, message["message_id"], button["text"])
                return
        written = f"m{len(self.sent)}"
        self.sent[written] = person
        self.telegram.send_text(person, f"太贵了 {written}")

    def _break(self) -> None:
        kind = self.chance.choice(FAULTS)
        self.lost_replies += kind == "lose_reply"
        getattr(self.telegram.faults, kind)("sendMessage")


async def run(kills: int, seed: int, folder: Path, embedded: bool = False, faulty: bool = True) -> Report:
    """Kill the bot `kills` times while people write, let it finish, and count."""
    telegram = LocalTelegram(token=TOKEN)
    await telegram.start()
    database = folder / "coach.db"
    with closing(open_database(database)) as opened:
        for person in PEOPLE:
            telegram.add_person(person, f"同事{person}")
            people.admit(opened, str(person), f"同事{person}", people.REP, utc_now())
    socket, port = bind_unused_port()
    rasa = HTTPServer(tornado.web.Application([("/webhooks/rest/webhook", Echo)]))
    rasa.add_socket(socket)
    chance = random.Random(seed)
    load = Load(telegram, chance, faulty)
    environment = _environment(telegram, database, "" if embedded else f"http://127.0.0.1:{port}")
    writing = asyncio.create_task(load.run())
    process: asyncio.subprocess.Process | None = None
    try:
        for _ in range(kills):
            process = await _started(telegram, environment, folder)
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_S))
            process.kill()
            await process.wait()
        writing.cancel()
        process = await _started(telegram, environment, folder)
        await _settled(telegram, database)
        report = Report(kills, asked=len(load.sent))
        await _stop(process, report)
    finally:
        writing.cancel()
        if process and process.returncode is None:
            process.kill()
        rasa.stop()
        await telegram.stop()
    _count(report, load, database, embedded)
    return report


def _environment(telegram: LocalTelegram, database: Path, rasa_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": telegram.base_url.removesuffix("/bot"),
        "LOCAL_CHAT": "false",
        "RASA_URL": rasa_url,
        PATH_VARIABLE: str(database),
    }


async def _started(telegram: LocalTelegram, environment: dict[str, str], folder: Path) -> asyncio.subprocess.Process:
    """A new process; returns when it asks for updates, so that the kill meets it at work."""
    before = len(telegram.calls_of("getUpdates"))
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "ignore", "-m", "bot", cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        await telegram.wait_until(
            lambda: len(telegram.calls_of("getUpdates")) > before, START_TIMEOUT_S, "a first poll"
        )
    except asyncio.TimeoutError:
        if process.returncode is None:
            process.kill()
        raise
    return process


async def _settled(telegram: LocalTelegram, database: Path) -> None:
    """Wait until Telegram has handed over everything and the inbox is empty."""
    # The bot asks for updates again and again, and at every time this is looked at.
    await telegram.wait_until(
        lambda: not len(telegram.queue) and not _rows(database, "where state = 'waiting'"), ANSWER_TIMEOUT_S
    )


async def _stop(process: asyncio.subprocess.Process, report: Report) -> None:
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    report.stopped_with = await asyncio.wait_for(process.wait(), STOP_TIMEOUT_S)
    report.stop_s = round(time.monotonic() - started, 1)


def _rows(database: Path, where: str) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute(f"select count(*) from inbox {where}").fetchone()[0])


def _count(report: Report, load: Load, database: Path, embedded: bool) -> None:
    with sqlite3.connect(database) as connection:
        report.integrity = connection.execute("pragma integrity_check").fetchone()[0]
    report.waiting = _rows(database, "where state = 'waiting'")
    report.set_aside = _rows(database, "where state = 'aside'")
    # A kill may meet one message a chat between Telegram's taking it and the note of that.
    report.in_doubt = report.kills * len(PEOPLE) + load.lost_replies
    for person in PEOPLE:
        own = [mark for mark, who in load.sent.items() if who == person]
        said = [m["text"] for m in load.telegram.messages(person) if m["from"]["is_bot"]]
        if embedded:
            report.unanswered += max(0, len(own) - len(said))
            report.twice += max(0, len(said) - len(own))
        else:
            _compare(report, own, said)


def _compare(report: Report, own: list[str], said: list[str]) -> None:
    marks = [mark.group() for text in said if (mark := _MARK.match(text))]
    times = Counter(marks)
    missing = sum(1 for mark in own if not times[mark])
    sorry = sum(text == texts()["unavailable"] for text in said)
    report.unanswered += max(0, missing - sorry)
    report.twice += sum(count - 1 for count in times.values() if count > 1) + max(0, sorry - missing)
    place = {mark: number for number, mark in enumerate(own)}
    firsts = [place[mark] for mark in dict.fromkeys(marks)]
    report.out_of_order += sum(later < earlier for earlier, later in pairwise(firsts))


def main() -> int:
    """Exit code 1 where something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--embedded", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(run(options.kills, options.seed, Path(folder), options.embedded))
    values: dict[str, Any] = vars(report)
    print("\n".join(f"{name:14} {value}" for name, value in values.items()))
    return 0 if report.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
