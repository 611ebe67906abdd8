"""Runs every conversation file of this folder against the whole bot; README.md beside it tells the format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlite_utils import Database

from bot.localchat import LocalTelegram
from tests.bot_under_test import BotUnderTest

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))


@pytest.mark.model
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_conversation(path: Path, bot: BotUnderTest, database: Database) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    chat = Chat(bot, in_group=path.parent.name == "group")
    for number, turn in enumerate(script["turns"], start=1):
        await chat.play(turn, f"turn {number}")
    if "questions" in script:
        compare_rows(list(database["questions"].rows), script["questions"])
    if "practice" in script:
        assert database["practice"].count == script["practice"]


class Chat:
    """Plays turns as one or two persons in one chat."""

    def __init__(self, bot: BotUnderTest, in_group: bool) -> None:
        self._bot = bot
        self._people = {"first": bot.new_person("小林"), "second": bot.new_person("老周")}
        self._chat_id = self._people["first"]
        if in_group:
            self._chat_id = bot.new_group("华东一队", list(self._people.values()))

    @property
    def _telegram(self) -> LocalTelegram:
        return self._bot.telegram

    async def play(self, turn: dict[str, Any], where: str) -> None:
        """One turn: do, wait for the answers, compare."""
        if turn.get("restart"):
            await self._bot.restart()
            return
        seen_before = self._last_message_id()
        await self._bot.handled(self._do(turn))
        replies = [m for m in self._telegram.messages(self._chat_id) if self._is_new_reply(m, seen_before)]
        if "silence" in turn:
            assert not replies, f"{where}: the bot should have been silent"
            return
        assert replies, f"{where}: the bot said nothing"
        text = "\n".join(reply["text"] for reply in replies)
        for wanted in turn.get("sees", []):
            assert wanted in text, f"{where}: {wanted!r} is missing in\n{text}"
        for unwanted in turn.get("not", []):
            assert unwanted not in text, f"{where}: {unwanted!r} stands in\n{text}"
        titles = [button["text"] for reply in replies for button in buttons_of(reply)]
        for title in turn.get("buttons", []):
            assert title in titles, f"{where}: button {title!r} is missing among {titles}"

    def _do(self, turn: dict[str, Any]) -> dict[str, Any]:
        person = self._people[turn.get("who", "first")]
        if "says" in turn or "silence" in turn:
            return self._telegram.send_text(person, turn.get("says") or turn["silence"], chat_id=self._chat_id)
        if "replies" in turn:
            last = [m for m in self._telegram.messages(self._chat_id) if m["from"]["is_bot"]][-1]
            return self._telegram.send_text(person, turn["replies"], chat_id=self._chat_id, reply_to=last["message_id"])
        if "press" in turn:
            message = [m for m in self._telegram.messages(self._chat_id) if turn["press"] in titles_of(m)][-1]
            return self._telegram.press(person, message["message_id"], turn["press"], chat_id=self._chat_id)
        if "sends" in turn:
            return self._telegram.send_media(person, turn["sends"], chat_id=self._chat_id)
        if "edits" in turn:
            own = [m for m in self._telegram.messages(self._chat_id) if m["from"]["id"] == person][-1]
            return self._telegram.edit_text(person, own["message_id"], turn["edits"])
        raise ValueError(f"unknown turn: {turn}")

    def _last_message_id(self) -> int:
        return max((m["message_id"] for m in self._telegram.messages(self._chat_id)), default=0)

    def _is_new_reply(self, message: dict[str, Any], after: int) -> bool:
        return bool(message["from"]["is_bot"]) and message["message_id"] > after


def buttons_of(message: dict[str, Any]) -> list[dict[str, str]]:
    """The inline buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def titles_of(message: dict[str, Any]) -> list[str]:
    """Their titles."""
    return [button["text"] for button in buttons_of(message)]


def compare_rows(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Each expected row against the row at its place, in the keys it names."""
    assert len(rows) == len(expected), f"{len(rows)} questions were logged, {len(expected)} expected: {rows}"
    for number, (row, wanted) in enumerate(zip(rows, expected, strict=True), start=1):
        assert {key: row[key] for key in wanted} == wanted, f"question {number}"
