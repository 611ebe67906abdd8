"""Two people in one group, or each in a private chat, and their manager, who act as a conversation file says."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from bot.localchat import LocalTelegram
from store import people
from tests.bot_under_test import BotUnderTest

Turn = dict[str, Any]
Message = dict[str, Any]

_query_ids = itertools.count(1)
# Stands for words that the present model cannot place; which those are shifts with every training.
UNCLEAR = "<unclear>"


def titles_of(message: Message) -> list[str]:
    """Titles of the inline buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def text_of(message: Message) -> str:
    """What a person reads: the text, a picture's caption, or the question of a poll with its options."""
    poll = message.get("poll")
    if poll:
        return "\n".join([poll["question"], *(option["text"] for option in poll["options"])])
    return str(message.get("text") or message.get("caption") or "")


def face_of(message: Message) -> tuple[str, list[str]]:
    """What changes when a message is edited."""
    return text_of(message), titles_of(message)


class Chat:
    """What the two do goes to the bot as raw updates; what the bot sends is read from the local Telegram."""

    def __init__(self, bot: BotUnderTest, in_group: bool) -> None:
        self._bot = bot
        self._people = {"first": bot.new_person("小林"), "second": bot.new_person("老周")}
        self._group = bot.new_group("华东一队", list(self._people.values())) if in_group else None
        self._people["manager"] = bot.new_person("王经理", role=people.MANAGER)

    @property
    def _telegram(self) -> LocalTelegram:
        return self._bot.telegram

    async def play(self, turns: Sequence[Turn]) -> list[list[Message]]:
        """Do all turns at once and wait for the bot; its new and changed messages in each turn's chat."""
        before = {(m["chat"]["id"], m["message_id"]): face_of(m) for turn in turns for m in self._of_bot(turn)}
        updates = [self._do(turn) for turn in turns]
        for update in updates:
            await self._bot.handled(update)
        return [
            [m for m in self._of_bot(turn) if before.get((m["chat"]["id"], m["message_id"])) != face_of(m)]
            for turn in turns
        ]

    def notice(self) -> str:
        """The line that Telegram showed for a moment after the last press; empty for none."""
        calls = self._telegram.calls_of("answerCallbackQuery")
        return str(calls[-1].params.get("text", "")) if calls else ""

    def _do(self, turn: Turn) -> dict[str, Any]:
        person, chat = self._person(turn), self._chat_id(turn)
        words = turn.get("says") or turn.get("silence") or turn.get("replies")
        if words:
            words = words.replace(UNCLEAR, self._bot.unclear_words)
            answered = self._of_bot(turn)[-1]["message_id"] if "replies" in turn else None
            return self._telegram.send_text(person, words * turn.get("times", 1), chat_id=chat, reply_to=answered)
        if "press" in turn:
            message = self._message_with_button(turn)
            return self._telegram.press(person, message["message_id"], self._title(message, turn["press"]), chat)
        if "votes" in turn:
            return self._vote(turn)
        if "data" in turn:
            return self._press_with_data(turn)
        if "sends" in turn:
            caption = turn.get("caption", "") * turn.get("times", 1)
            return self._telegram.send_media(person, turn["sends"], chat_id=chat, caption=caption)
        if "edits" in turn:
            own = [m for m in self._messages(turn) if m["from"]["id"] == person][-1]
            return self._telegram.edit_text(person, own["message_id"], turn["edits"])
        raise ValueError(f"unknown turn: {turn}")

    def _press_with_data(self, turn: Turn) -> dict[str, Any]:
        """A pressed button with any data, as an old version of the bot or a tinkering client would send it."""
        message = self._of_bot(turn)[-1]
        person = self._telegram.world.person(self._person(turn))
        query = {"id": f"90{next(_query_ids)}", "from": person, "message": message, "chat_instance": "1"}
        return self._telegram.send_raw({"callback_query": {**query, "data": turn["data"]}})

    def _vote(self, turn: Turn) -> dict[str, Any]:
        """A vote on the newest quiz: `right`, or anything else for a wrong option."""
        message = [m for m in self._of_bot(turn) if "poll" in m][-1]
        correct = message["poll"]["correct_option_ids"][0]
        option = correct if turn["votes"] == "right" else (correct + 1) % len(message["poll"]["options"])
        return self._telegram.vote(self._person(turn), message["message_id"], option, self._chat_id(turn))

    def _message_with_button(self, turn: Turn) -> Message:
        """The newest message with the button, or the newest of those that hold the words of `under`."""
        messages = [m for m in self._of_bot(turn) if turn.get("under", "") in text_of(m)]
        found = [m for m in messages if self._title(m, turn["press"])]
        if not found:
            raise ValueError(f"no message has the button of {turn}")
        return found[-1]

    def _title(self, message: Message, button: str | int) -> str:
        """The button's title, where the message has it; a number counts the buttons from 1."""
        titles = titles_of(message)
        return next((title for place, title in enumerate(titles, start=1) if button in (place, title)), "")

    def _person(self, turn: Turn) -> int:
        return self._people[turn.get("who", "first")]

    def _chat_id(self, turn: Turn) -> int:
        return self._group if self._group and not turn.get("private") else self._person(turn)

    def _messages(self, turn: Turn) -> list[Message]:
        return self._telegram.messages(self._chat_id(turn))

    def _of_bot(self, turn: Turn) -> list[Message]:
        return [m for m in self._messages(turn) if m["from"]["is_bot"]]
