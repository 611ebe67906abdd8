"""What people do in Telegram: each action becomes a stored change and an update for the bot.

Every method returns the update as a dict. Has the bot not asked for that kind of update, or is
the group message none of its business (group privacy), the dict has no ``update_id``.
A mistake of the caller (unknown person, no such button) is a ``KeyError`` or ``ValueError``.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from bot.localchat import media
from bot.localchat.context import Api
from bot.localchat.entities import find_entities, trim, utf16_len, utf16_slice
from bot.localchat.limits import MAX_TEXT
from bot.localchat.state import Json, Poll, Query


class Inbound:
    """People acting on one bot's world."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._world = api.world

    # Messages --------------------------------------------------------------------------------

    def send_text(self, person_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None) -> Json:
        """A text of 1 to 4,096 characters; longer ones a real client would split."""
        content = self._text_content(text)
        return self._send(person_id, content, chat_id, reply_to)

    def send_media(
        self,
        person_id: int,
        kind: str,
        chat_id: int | None = None,
        caption: str = "",
        body: bytes | None = None,
        name: str | None = None,
        reply_to: int | None = None,
        **fields: Any,
    ) -> Json:
        """Send ``kind``: photo, document, voice, sticker or location.

        Without ``body`` a small placeholder is sent; ``fields`` override the kind's own, for
        example ``duration=12`` or ``latitude=31.2``.
        """
        content = media.content(self._world.files, kind, body, name, fields)
        if caption:
            content |= {"caption": caption, "caption_entities": find_entities(caption)}
        return self._send(person_id, content, chat_id, reply_to)

    def edit_text(self, person_id: int, message_id: int, text: str) -> Json:
        message = self._message(message_id)
        if message["from"]["id"] != person_id:
            raise ValueError(f"message {message_id} is not of person {person_id}")
        content = {"entities": None, **self._text_content(text), "edit_date": self._world.now()}
        self._world.change(message, content)
        return self._to_bot("edited_message", message)

    def _text_content(self, text: str) -> Json:
        trimmed, _ = trim(text, [])
        if not 1 <= utf16_len(trimmed) <= MAX_TEXT:
            raise ValueError(f"a text has 1 to {MAX_TEXT} characters, not {utf16_len(trimmed)}")
        entities = find_entities(trimmed)
        return {"text": trimmed, "entities": entities} if entities else {"text": trimmed}

    def _send(self, person_id: int, content: Json, chat_id: int | None, reply_to: int | None) -> Json:
        world, chat_id = self._world, chat_id or person_id
        if chat_id not in world.chats or (chat_id > 0 and chat_id != person_id):
            raise KeyError(f"person {person_id} has no chat {chat_id}")
        if reply_to is not None:
            answered = world.message(chat_id, reply_to)
            if answered is None:
                raise ValueError(f"no message {reply_to} in chat {chat_id}")
            content = {"reply_to_message": world.inline_copy(answered), **content}
        message = world.new_message(chat_id, world.person(person_id), content)
        return self._to_bot("message", message)

    def _to_bot(self, kind: str, message: Json) -> Json:
        if self._concerns_bot(message):
            return self._api.queue.push(kind, message)
        return {kind: message}

    def _concerns_bot(self, message: Json) -> bool:
        """Group privacy: https://core.telegram.org/bots/features#privacy-mode"""
        chat_id = message["chat"]["id"]
        if chat_id > 0 or not self._api.group_privacy or self._api.bot_is_admin(chat_id):
            return True
        answered = message.get("reply_to_message", {}).get("from", {}).get("id")
        return answered == self._world.bot["id"] or self._names_bot(message)

    def _names_bot(self, message: Json) -> bool:
        """Mentions the bot, or is a command that is not for another bot."""
        own = f"@{self._world.bot['username']}".lower()
        field = "text" if "text" in message else "caption"
        entities = message.get("entities") or message.get("caption_entities") or []
        for entity in entities:
            part = utf16_slice(message.get(field, ""), entity["offset"], entity["length"]).lower()
            if entity["type"] == "mention" and part == own:
                return True
            if entity["type"] == "bot_command" and ("@" not in part or part.endswith(own)):
                return True
        return False

    # Buttons, votes, reactions ---------------------------------------------------------------

    def press(self, person_id: int, message_id: int, button: str, chat_id: int | None = None) -> Json:
        """Press an inline button, named by its callback data or its text."""
        message = self._message(message_id, chat_id)
        data = _button_data(message, button)
        world, number = self._world, self._world.next_id()
        query_id = f"4{number:012d}"
        query = Query(person_id, world.clock(), message["chat"]["id"], message_id)
        world.remember(world.callbacks, query_id, query)
        payload = {
            "id": query_id, "from": world.person(person_id), "message": message,
            "chat_instance": str(message["chat"]["id"]), "data": data,
        }  # fmt: skip
        return self._api.queue.push("callback_query", payload)

    def vote(
        self,
        person_id: int,
        message_id: int,
        options: int | str | list[int],
        chat_id: int | None = None,
    ) -> Json:
        """Vote by index, option text or a list of indexes; an empty list takes a vote back."""
        poll = self._poll(message_id, chat_id)
        picks = _picks(poll, options)
        data = poll.data
        if data["is_closed"]:
            raise ValueError("the poll is closed")
        if poll.votes.get(person_id) and not data["allows_revoting"]:
            raise ValueError("this poll takes one vote a person, once")
        poll.votes.pop(person_id, None)
        if picks:
            poll.votes[person_id] = picks
        self._world.poll_changed(poll)
        self._api.queue.push("poll", data)
        answer = {
            "poll_id": data["id"], "user": self._world.person(person_id), "option_ids": picks,
            "option_persistent_ids": [data["options"][i]["persistent_id"] for i in picks],
        }  # fmt: skip
        if data["is_anonymous"]:
            return {"poll_answer": answer}
        return self._api.queue.push("poll_answer", answer)

    def react(self, person_id: int, message_id: int, emoji: str | None, chat_id: int | None = None) -> Json:
        """Set one reaction, or take it back with ``None``.

        In a group the bot hears of it only as administrator, as with Telegram.
        """
        message = self._message(message_id, chat_id)
        where, world = message["chat"]["id"], self._world
        old = world.reactions.get((where, message_id), {}).get(person_id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        world.react(where, message_id, person_id, new)
        payload = {
            "chat": message["chat"], "message_id": message_id, "user": world.person(person_id),
            "date": world.now(), "old_reaction": old, "new_reaction": new,
        }  # fmt: skip
        if where < 0 and not self._api.bot_is_admin(where):
            return {"message_reaction": payload}
        return self._api.queue.push("message_reaction", payload)

    # Inline mode -----------------------------------------------------------------------------

    def inline_query(self, person_id: int, text: str, offset: str = "") -> Json:
        """Type ``@bot text``; the answer is in ``World.inline`` under the query's id."""
        world = self._world
        query_id = f"6{world.next_id():012d}"
        world.remember(world.inline, query_id, Query(person_id, world.clock()))
        payload = {
            "id": query_id, "from": world.person(person_id), "query": text, "offset": offset,
            "chat_type": "sender",
        }  # fmt: skip
        return self._api.queue.push("inline_query", payload)

    # Blocking and raw updates ----------------------------------------------------------------

    def block(self, person_id: int, blocked: bool = True) -> Json:
        """The person blocks the bot, or lets it write again."""
        world = self._world
        (world.blocked.add if blocked else world.blocked.discard)(person_id)
        states: list[Json] = [{"user": world.bot, "status": "member"},
                              {"user": world.bot, "status": "kicked", "until_date": 0}]  # fmt: skip
        old, new = states if blocked else reversed(states)
        payload = {
            "chat": world.chat(person_id), "from": world.person(person_id), "date": world.now(),
            "old_chat_member": old, "new_chat_member": new,
        }  # fmt: skip
        return self._api.queue.push("my_chat_member", payload)

    def send_raw(self, update: Json) -> Json:
        """Queue Telegram's own JSON as it is; its sender, chat and message become known."""
        for kind in ("message", "edited_message"):
            if kind in update:
                self._learn(update[kind])
        for kind, known in (("callback_query", self._world.callbacks),
                            ("inline_query", self._world.inline)):  # fmt: skip
            if kind in update:
                self._learn_query(update[kind], known)
        for payload in update.values():
            if isinstance(payload, dict) and "from" in payload:
                self._world.people.setdefault(payload["from"]["id"], payload["from"])
        return self._api.queue.push_raw(update)

    def _learn_query(self, query: Json, known: OrderedDict[str, Query]) -> None:
        """So that the bot can answer it."""
        message = query.get("message") or {}
        asked = Query(
            query["from"]["id"],
            self._world.clock(),
            message.get("chat", {}).get("id"),
            message.get("message_id"),
        )
        self._world.remember(known, query["id"], asked)

    def _learn(self, message: Json) -> None:
        chat = message["chat"]
        if chat["id"] not in self._world.chats:
            self._world.chats[chat["id"]] = chat
        if "message_id" in message:
            self._world.keep(dict(message))
            self._world.emit("message", chat["id"], message=message)

    # Look-ups --------------------------------------------------------------------------------

    def _message(self, message_id: int, chat_id: int | None = None) -> Json:
        """Message ids are unique over all chats, so the chat is optional."""
        chats = [chat_id] if chat_id else list(self._world.history)
        for candidate in chats:
            if message := self._world.message(candidate, message_id):
                return message
        raise ValueError(f"no message {message_id}")

    def _poll(self, message_id: int, chat_id: int | None) -> Poll:
        poll_id = self._message(message_id, chat_id).get("poll", {}).get("id", "")
        if poll_id not in self._world.polls:
            raise ValueError(f"message {message_id} holds no poll of the bot")
        return self._world.polls[poll_id]


def _button_data(message: Json, button: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [b for row in rows for b in row if "callback_data" in b]
    for key in ("callback_data", "text"):
        for candidate in buttons:
            if candidate[key] == button:
                return str(candidate["callback_data"])
    names = [b["text"] for b in buttons]
    raise ValueError(f"message {message['message_id']} has no button {button!r}; it has {names}")


def _picks(poll: Poll, options: int | str | list[int]) -> list[int]:
    texts = [option["text"] for option in poll.data["options"]]
    if isinstance(options, str):
        options = texts.index(options)
    picks = [options] if isinstance(options, int) else list(options)
    if not all(0 <= pick < len(texts) for pick in picks):
        raise ValueError(f"options go from 0 to {len(texts) - 1}, not {picks}")
    if len(picks) > 1 and not poll.data["allows_multiple_answers"]:
        raise ValueError("this poll takes one option")
    return picks
