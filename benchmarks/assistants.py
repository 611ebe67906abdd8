"""The product and a stock Rasa assistant as processes that `benchmarks/replies.py` measures in the same way.

The product is `python -m bot` on a local Bot API server: what is timed is an update handed to Telegram until its reply
is back there. The stock assistant is Rasa's REST channel with an action server, as `rasa init` lays it out, trained
on a few of the product's sentences: what is timed is its HTTP request, without any Telegram.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import time
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import yaml
from tornado.testing import bind_unused_port

from bot.localchat import LocalTelegram
from bot.localchat.state import BOT_ID
from nlu.check import DATA, sentences
from store import people
from store.clock import utc_now
from store.database import PATH_VARIABLE, open_database

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "10000:token-of-the-benchmark-000000000000"
FIRST_PERSON = 910_000
START_TIMEOUT_S, ANSWER_TIMEOUT_S = 300.0, 60.0
STOCK_INTENTS = ("too_expensive", "need_authority", "competitor_cheaper", "greet", "thanks", "ask_technique")
STOCK_LINES = 40
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")
STOCK_ACTION = """
from rasa_sdk import Action

class ActionAnswer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="先问清楚，再讲价值：" + tracker.latest_message["intent"]["name"])
        return []
"""


class Assistant(ABC):
    """A running assistant; `started_s` is from the start of its processes to its first reply."""

    name: str
    started_s: float

    def __init__(self) -> None:
        self.processes: list[asyncio.subprocess.Process] = []

    @abstractmethod
    async def start(self, text: str) -> None:
        """Start, and wait for the reply to a first message."""

    @abstractmethod
    async def ask(self, person: int, text: str, timeout_s: float = ANSWER_TIMEOUT_S) -> bool:
        """Send one message; whether a reply came in time."""

    async def stop(self) -> None:
        """End the processes."""
        for process in self.processes:
            process.terminate()
            await process.wait()

    def memory_mb(self) -> float:
        """Resident memory of all processes together."""
        statuses = (Path(f"/proc/{process.pid}/status").read_text() for process in self.processes)
        return sum(int(_RESIDENT.findall(status)[0]) for status in statuses) / 1024

    async def _run(self, *command: str, cwd: Path, log: Path, **environment: str) -> None:
        with log.open("ab") as output:
            self.processes.append(
                await asyncio.create_subprocess_exec(
                    sys.executable, "-W", "ignore", "-m", *command,
                    cwd=cwd, env={**os.environ, **environment}, stdout=output, stderr=output,
                )
            )  # fmt: skip

    async def _first(self, text: str) -> None:
        started = time.perf_counter()
        while not await self.ask(FIRST_PERSON, text, START_TIMEOUT_S):
            if time.perf_counter() - started > START_TIMEOUT_S:
                raise TimeoutError(f"{self.name} does not answer")
            await asyncio.sleep(0.2)


class Product(Assistant):
    """Embedded; people are members."""

    name = "here"

    def __init__(self, folder: Path, number_of_people: int) -> None:
        super().__init__()
        self._folder, self._number = folder, number_of_people
        # A second passes from message to message there: nobody writes too fast, however fast this is.
        self._now = time.time()
        self._telegram = LocalTelegram(token=TOKEN, clock=lambda: self._now)
        # The first reply answers the first message; none of the texts gets two.
        self._waiting: defaultdict[int, deque[asyncio.Future[None]]] = defaultdict(deque)

    async def start(self, text: str) -> None:
        await self._telegram.start()
        self._telegram.world.subscribe(self._heard)
        path = self._folder / "bench.db"
        database = open_database(path)
        for person in range(FIRST_PERSON, FIRST_PERSON + self._number):
            self._telegram.add_person(person, f"同事{person}")
            people.admit(database, str(person), f"同事{person}", people.REP, utc_now())
        database.close()
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE": self._telegram.base_url.removesuffix("/bot"),
            "LOCAL_CHAT": "false",
            "RASA_URL": "",
            PATH_VARIABLE: str(path),
        }
        started = time.perf_counter()
        await self._run("bot", cwd=ROOT, log=self._folder / "bot.log", **settings)
        await self._first(text)
        self.started_s = time.perf_counter() - started

    async def ask(self, person: int, text: str, timeout_s: float = ANSWER_TIMEOUT_S) -> bool:
        reply = asyncio.get_running_loop().create_future()
        self._waiting[person].append(reply)
        self._now += 1
        self._telegram.send_text(person, text)
        done, _ = await asyncio.wait({reply}, timeout=timeout_s)
        return bool(done)

    async def stop(self) -> None:
        await super().stop()
        await self._telegram.stop()

    def _heard(self, event: dict[str, Any]) -> None:
        if event["kind"] == "message" and event["message"]["from"]["id"] == BOT_ID:
            waiting = self._waiting[event["chat_id"]]
            if waiting:
                waiting.popleft().set_result(None)


class Stock(Assistant):
    """Rasa and its action server."""

    name = "stock"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.trained_s = 0.0

    async def start(self, text: str) -> None:
        await asyncio.to_thread(self._lay_out)
        started = time.perf_counter()
        await self._run("rasa", "train", "--quiet", cwd=self._folder, log=self._folder / "train.log")
        if await self.processes.pop().wait():
            raise RuntimeError((self._folder / "train.log").read_text(encoding="utf-8")[-2000:])
        self.trained_s = time.perf_counter() - started
        started = time.perf_counter()
        port, actions = self._ports
        log = self._folder / "run.log"
        await self._run("rasa_sdk", "--actions", "actions", "--port", str(actions), cwd=self._folder, log=log)
        await self._run("rasa", "run", "--port", str(port), "--interface", "127.0.0.1", cwd=self._folder, log=log)
        self._client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=httpx.Limits(max_connections=None))
        await self._first(text)
        self.started_s = time.perf_counter() - started

    async def ask(self, person: int, text: str, timeout_s: float = ANSWER_TIMEOUT_S) -> bool:
        try:
            asked = {"sender": str(person), "message": text}
            reply = await self._client.post("/webhooks/rest/webhook", json=asked, timeout=timeout_s)
        except httpx.HTTPError:
            return False
        return reply.is_success and bool(reply.json())

    async def stop(self) -> None:
        await self._client.aclose()
        await super().stop()

    def _lay_out(self) -> None:
        """The files of a small project, and two free ports."""
        sockets = [bind_unused_port() for _ in range(2)]
        self._ports = tuple(port for _, port in sockets)
        for socket, _ in sockets:
            socket.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        for name, content in self._files():
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True))

    def _files(self) -> Iterator[tuple[str, Any]]:
        yield "actions.py", STOCK_ACTION
        yield "endpoints.yml", {"action_endpoint": {"url": f"http://127.0.0.1:{self._ports[1]}/webhook"}}
        yield "credentials.yml", {"rest": None}
        yield "domain.yml", {"version": "3.1", "intents": list(STOCK_INTENTS), "actions": ["action_answer"]}
        # Empty means Rasa's own suggestions: DIET and TED; its tokenizer refuses Chinese, so it is told English.
        yield "config.yml", {"recipe": "default.v1", "language": "en", "assistant_id": "stock"}
        lines: dict[str, list[str]] = {intent: [] for intent in STOCK_INTENTS}
        for sentence in sentences(DATA):
            if len(lines.get(sentence.base, "x" * STOCK_LINES)) < STOCK_LINES:
                lines[sentence.base].append(f"- {sentence.text}\n")
        nlu = [{"intent": intent, "examples": "".join(examples)} for intent, examples in lines.items()]
        yield "data/nlu.yml", {"version": "3.1", "nlu": nlu}
        steps = [[{"intent": intent}, {"action": "action_answer"}] for intent in STOCK_INTENTS]
        rules = [{"rule": f"answer {number}", "steps": each} for number, each in enumerate(steps)]
        yield "data/rules.yml", {"version": "3.1", "rules": rules}
