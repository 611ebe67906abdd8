"""Runs every conversation file of this folder against the whole bot; README.md beside it tells the format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlite_utils import Database

from tests.bot_under_test import BotUnderTest
from tests.conversations.chat import Chat, Turn, text_of, titles_of

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))
# What no reply may hold: an unfilled placeholder, a value that was missing, a reply id instead of its text.
NEVER_SEEN = ("{", "}", "None", "utter_")


@pytest.mark.model
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_conversation(path: Path, bot: BotUnderTest, database: Database) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    chat = Chat(bot, in_group=path.parent.name == "group")
    before = ""
    for number, turn in enumerate(script["turns"], start=1):
        where = f"turn {number} ({json.dumps(turn, ensure_ascii=False)[:80]})"
        if turn.get("restart"):
            await bot.restart()
        elif "at_once" in turn:
            for part, replies in zip(turn["at_once"], await chat.play(turn["at_once"]), strict=True):
                compare_turn(part, replies, where)
        else:
            (replies,) = await chat.play([turn])
            compare_turn(turn, replies, where)
            if "notice" in turn:
                assert turn["notice"] in chat.notice(), f"{where}: the press was answered with {chat.notice()!r}"
            if "differs" in turn:
                assert (joined(replies) != before) == turn["differs"], (
                    f"{where}: before\n{before}\nnow\n{joined(replies)}"
                )
            before = joined(replies)
    if "questions" in script:
        compare_rows(list(database["questions"].rows), script["questions"])
    if "reviews" in script:
        compare_rows(list(database["reviews"].rows), script["reviews"])
    if "practice" in script:
        assert database["attempts"].count == script["practice"]


def compare_turn(turn: Turn, replies: list[dict[str, Any]], where: str) -> None:
    """The replies to one turn against what the file expects of them."""
    if {"silence", "silent", "notice"} & turn.keys():
        assert not replies, f"{where}: the bot should have been silent, it said\n{replies}"
        return
    assert replies, f"{where}: the bot said nothing"
    for kind in ("photo", "poll"):
        assert not turn.get(kind) or any(kind in reply for reply in replies), f"{where}: no {kind} was sent"
    text = joined(replies)
    for wanted in turn.get("sees", []):
        assert wanted in text, f"{where}: {wanted!r} is missing in\n{text}"
    for unwanted in [*turn.get("not", []), *NEVER_SEEN]:
        assert unwanted not in text, f"{where}: {unwanted!r} stands in\n{text}"
    titles = [title for reply in replies for title in titles_of(reply)]
    for title in turn.get("buttons", []):
        assert title in titles, f"{where}: button {title!r} is missing among {titles}"
    for title in turn.get("no_buttons", []):
        assert title not in titles, f"{where}: button {title!r} should not be among {titles}"


def joined(replies: list[dict[str, Any]]) -> str:
    """The replies to one turn."""
    return "\n".join(map(text_of, replies))


def compare_rows(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Each expected row against the row at its place, in the keys it names."""
    assert len(rows) == len(expected), f"{len(rows)} rows, {len(expected)} expected: {rows}"
    for number, (row, wanted) in enumerate(zip(rows, expected, strict=True), start=1):
        assert {key: row[key] for key in wanted} == wanted, f"row {number}"
