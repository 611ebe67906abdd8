"""Kills the bot again and again under load and counts what people got; run by `make crash`.

    .venv/bin/python -m benchmarks.crash [--kills 200] [--seed 1] [--embedded]      # SIGTERM: enough, count now

People write and press buttons, every message is an answer in a drill, and a manager sends tips to all of them. The bot
is a process of its own (`benchmarks/crash_bot.py`) on the local Bot API server of this one. With --embedded it is
`python -m bot` with the real model: only numbers of messages are compared then.
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
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from benchmarks.crash_bot import MARK
from bot.conversation import texts
from bot.localchat import LocalTelegram
from bot.localchat.state import BOT_ID
from store import deliveries, own_tips, people, plans, preferences, secrets
from store.clock import utc_now
from store.database import PATH_VARIABLE, open_database
from store.plan_times import Rhythm
from store.receivers import ROLE, Audience

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "10000:token-of-the-crash-test-0000000000000000"
PEOPLE = range(900_001, 900_009)
MANAGER = "900000"
DATABASE = "coach.db"
# Seconds between two messages, and from the first poll to a kill at most.
EVERY_S, LONGEST_LIFE_S = 0.25, 1.5
# Shares of the steps of the load.
PRESSES, TIPS, BREAKS, DRILLS = 0.3, 0.06, 0.02, 0.1
FAULTS = ("fail", "refuse", "lose_reply")
# What waits grows while no process lives long enough, above all on a busy machine.
START_TIMEOUT_S, ANSWER_TIMEOUT_S, STOP_TIMEOUT_S = 300.0, 900.0, 10.0
_TIP = re.compile(r"t\d+")
WAITING = "select count(*) from inbox where state = 'waiting'"
TIPS_ON_THE_WAY = """select count(*) from deliveries
                     where state in ('planned', 'sending') or (state = 'doubt' and not resent)"""


@dataclass
class Report:
    """What came out; `twice` is what came beyond the first, `in_doubt` how many of those the kills may explain."""

    kills: int = 0
    asked: int = 0
    unanswered: int = 0
    set_aside: int = 0
    twice: int = 0
    in_doubt: int = 0
    out_of_order: int = 0
    drill_answers: int = 0
    drill_answers_lost: int = 0
    tips: int = 0
    tips_lost: int = 0
    tips_twice: int = 0
    tips_in_doubt: int = 0
    integrity: str = ""
    waiting: int = 0
    stop_s: float = 0.0
    stopped_with: int | None = None

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost and nothing doubled beyond the doubt that is documented."""
        whole = self.integrity == "ok" and self.waiting == 0 and self.stopped_with == 0
        lost = self.unanswered + self.drill_answers_lost + self.tips_lost + self.out_of_order
        return whole and lost == 0 and self.twice <= self.in_doubt and self.tips_twice <= self.tips_in_doubt


@dataclass
class Load:
    """People who write and press buttons without waiting for the answer, and a manager who sends tips."""

    telegram: LocalTelegram
    database: Database
    chance: random.Random
    faulty: bool
    embedded: bool
    sent: dict[str, int] = field(default_factory=dict)
    tips: list[str] = field(default_factory=list)
    lost_replies: int = 0

    async def run(self) -> None:
        while True:
            person = self.chance.choice(PEOPLE)
            self._write(person)
            if self.chance.random() < TIPS:
                self._send_tip()
            if self.faulty and self.chance.random() < BREAKS:
                self._break()
            await asyncio.sleep(EVERY_S)

    def _write(self, person: int) -> None:
        buttons = [m for m in self.telegram.messages(person)[-5:] if m.get("reply_markup")]
        if buttons and self.chance.random() < PRESSES:
            message = buttons[-1]
            button = message["reply_markup"]["inline_keyboard"][0][0]
            mark = MARK.search(button.get("callback_data", ""))
            if mark and mark.group() not in self.sent:
                self.sent[mark.group()] = person
                self.telegram.press(person, message["message_id"], button["text"])
                return
        written = f"m{len(self.sent)}"
        self.sent[written] = person
        drills = self.embedded and self.chance.random() < DRILLS
        self.telegram.send_text(person, "/drill" if drills else f"太贵了 {written}")

    def _send_tip(self) -> None:
        """What a manager's last press does: the plan is on, and everybody's delivery is in the database."""
        now, mark = utc_now(), f"t{len(self.tips)}"
        tip = own_tips.write(self.database, MANAGER, 0, f"{mark} 先讲价值", "", now)
        draft = plans.draft(self.database, str(BOT_ID), MANAGER, Rhythm.NOW, now.date(), now)
        plan = plans.change(self.database, draft, tip=tip.key, audience=Audience(ROLE, people.REP))
        plans.confirm(self.database, plan.id, now)
        rows = [(one.person_id, now.date(), now) for one in plans.receivers_of(self.database, plan)]
        assert len(rows) == len(PEOPLE)
        deliveries.plan(self.database, plan.id, rows)
        self.tips.append(mark)

    def _break(self) -> None:
        kind = self.chance.choice(FAULTS)
        self.lost_replies += kind == "lose_reply"
        getattr(self.telegram.faults, kind)("sendMessage")


async def run(kills: int, seed: int, folder: Path, embedded: bool = False, faulty: bool = True) -> Report:
    """Kill the bot `kills` times, or until SIGTERM, while people write; let it finish, and count."""
    enough = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, enough.set)
    telegram = LocalTelegram(token=TOKEN)
    await telegram.start()
    database = folder / DATABASE
    chance = random.Random(seed)
    opened = open_database(database)
    opened.execute("pragma busy_timeout = 30000")  # the bot waits a second for this process, this one longer for it
    _admit(opened, telegram)
    load = Load(telegram, opened, chance, faulty, embedded)
    module = "bot" if embedded else "benchmarks.crash_bot"
    environment = _environment(telegram, database)
    writing = asyncio.create_task(load.run())
    process: asyncio.subprocess.Process | None = None
    done = 0
    try:
        while done < kills and not enough.is_set():
            process = await _started(telegram, module, environment, folder)
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_S))
            process.kill()
            await process.wait()
            done += 1
        if not writing.cancel():
            writing.result()  # it ended by an error of its own
        process = await _started(telegram, module, environment, folder)
        await _settled(telegram, database)
        report = Report(done, asked=len(load.sent))
        await _stop(process, report)
    finally:
        writing.cancel()
        if process and process.returncode is None:
            process.kill()
        await telegram.stop()
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
    _count(report, load, database)
    return report


def _admit(database: Database, telegram: LocalTelegram) -> None:
    people.admit(database, MANAGER, "王经理", people.ADMIN, utc_now())
    for person in PEOPLE:
        telegram.add_person(person, f"同事{person}")
        people.admit(database, str(person), f"同事{person}", people.REP, utc_now())
        preferences.save(database, str(person), preferences.Preferences(quiet_from=0, quiet_until=0))


def _environment(telegram: LocalTelegram, database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": telegram.base_url.removesuffix("/bot"),
        "LOCAL_CHAT": "false",
        "RASA_URL": "",
        PATH_VARIABLE: str(database),
    }


async def _started(
    telegram: LocalTelegram, module: str, environment: dict[str, str], folder: Path
) -> asyncio.subprocess.Process:
    """A new process; returns when it asks for updates, so that the kill meets it at work."""
    before = len(telegram.calls_of("getUpdates"))
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "ignore", "-m", module, cwd=ROOT, env=environment, stdout=log, stderr=log
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
    """Wait until Telegram has handed over everything, the inbox is empty and every tip is out."""
    # The bot asks for updates again and again, and at every time this is looked at.
    await telegram.wait_until(
        lambda: not len(telegram.queue) and not _number(database, WAITING) and not _number(database, TIPS_ON_THE_WAY),
        ANSWER_TIMEOUT_S,
    )


async def _stop(process: asyncio.subprocess.Process, report: Report) -> None:
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    report.stopped_with = await asyncio.wait_for(process.wait(), STOP_TIMEOUT_S)
    report.stop_s = round(time.monotonic() - started, 1)


def _number(database: Path, sql: str) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute(sql).fetchone()[0])


def _count(report: Report, load: Load, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        report.integrity = connection.execute("pragma integrity_check").fetchone()[0]
    report.waiting = _number(database, WAITING)
    report.set_aside = _number(database, "select count(*) from inbox where state = 'aside'")
    # A kill may meet one message a chat between Telegram's taking it and the note of that; and one tip in all.
    report.in_doubt = report.kills * len(PEOPLE) + load.lost_replies
    report.tips_in_doubt = report.kills + load.lost_replies
    said = {p: [m["text"] for m in load.telegram.messages(p) if m["from"]["is_bot"]] for p in PEOPLE}
    _count_tips(report, load.tips, said)
    if load.embedded:
        _compare_numbers(report, len(load.sent), sum(map(len, said.values())), database)
        return
    kept = _kept_answers(load.database)
    report.drill_answers = len(kept)
    for person in PEOPLE:
        own = [mark for mark, who in load.sent.items() if who == person]
        _compare(report, own, said[person], kept)


def _count_tips(report: Report, tips: list[str], said: dict[int, list[str]]) -> None:
    for texts_of_one in said.values():
        times = Counter(mark.group() for text in texts_of_one if (mark := _TIP.match(text)))
        report.tips += len(tips)
        report.tips_lost += sum(not times[tip] for tip in tips)
        report.tips_twice += sum(count - 1 for count in times.values())


def _compare_numbers(report: Report, asked: int, said: int, database: Path) -> None:
    """The real model's answers carry no marks: every message has one at least, and none that nobody noted."""
    answered = _number(database, "select count(*) from inbox where sent > 0")
    noted = _number(database, "select sum(sent) from inbox")
    tips = report.tips + report.tips_twice - report.tips_lost
    report.unanswered = asked - answered
    report.twice = said - tips - noted
    report.drill_answers = _number(database, "select count(*) from attempts")


def _kept_answers(database: Database) -> set[str]:
    rows = database.query("select words from attempts")
    return {json.loads(secrets.unseal(row["words"]))["answer"] for row in rows}


def _compare(report: Report, own: list[str], said: list[str], kept: set[str]) -> None:
    marks = [mark.group() for text in said if (mark := MARK.match(text))]
    times = Counter(marks)
    missing = sum(1 for mark in own if not times[mark])
    sorry = sum(text == texts()["unavailable"] for text in said)
    report.unanswered += max(0, missing - sorry)
    report.twice += sum(count - 1 for count in times.values() if count > 1) + max(0, sorry - missing)
    report.drill_answers_lost += sum(mark not in kept for mark in times)
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
        os.environ[PATH_VARIABLE] = str(Path(folder) / DATABASE)  # where the key lies that opens what people wrote
        report = asyncio.run(run(options.kills, options.seed, Path(folder), options.embedded))
    values: dict[str, Any] = vars(report)
    print("\n".join(f"{name:18} {value}" for name, value in values.items()))
    return 0 if report.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
