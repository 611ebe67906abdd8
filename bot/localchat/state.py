"""Chats, people and messages as Telegram knows them: plain dicts in Bot API JSON form.

Pure: no network, no clock of its own. Listeners hear of every change as an event dict with a
``kind`` and a ``chat_id``; the page and waiting tests live on these events.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.localchat.errors import bad_request
from bot.localchat.files import FileStore
from bot.localchat.people import Group, Person, Roster

Json = dict[str, Any]
Listener = Callable[[Json], None]

BOT_ID = 7_000_000_001
# A day of heavy practice is a few hundred messages; older ones leave so that memory is bounded.
MAX_MESSAGES_PER_CHAT = 2000
MAX_QUERIES = 1000


@dataclass
class Poll:
    """A poll the bot sent; ``votes`` maps a person to the chosen option indexes."""

    data: Json
    chat_id: int
    message_id: int
    votes: dict[int, list[int]] = field(default_factory=dict)


@dataclass
class Query:
    """An inline or callback query; ``answer`` is set once the bot has answered."""

    person_id: int
    asked_at: float
    chat_id: int | None = None
    message_id: int | None = None
    answer: Json | None = None


class World:
    """Everything Telegram's side remembers about one bot."""

    def __init__(self, roster: Roster, bot_username: str, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.bot: Json = {
            "id": BOT_ID, "is_bot": True, "first_name": roster.bot_name, "username": bot_username,
        }  # fmt: skip
        self.people: dict[int, Json] = {}
        self.roles: dict[int, str] = {}
        self.chats: dict[int, Json] = {}
        self.groups: dict[int, Group] = {}
        self.history: dict[int, OrderedDict[int, Json]] = {}
        self.reactions: dict[tuple[int, int], dict[int, list[Json]]] = {}
        self.keyboards: dict[int, Json] = {}
        self.pinned: dict[int, int] = {}
        self.polls: OrderedDict[str, Poll] = OrderedDict()
        self.callbacks: OrderedDict[str, Query] = OrderedDict()
        self.inline: OrderedDict[str, Query] = OrderedDict()
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[str, Any] = {}
        self.blocked: set[int] = set()
        self.files = FileStore()
        self._listeners: list[Listener] = []
        self._last_id = 0
        for person in roster.people:
            self.add_person(person)
        for group in roster.groups:
            self.add_group(group)

    # Listeners -------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` for every event from now on; the result ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, kind: str, chat_id: int, **details: Any) -> None:
        for listener in list(self._listeners):
            listener({"kind": kind, "chat_id": chat_id, **details})

    # People and chats ------------------------------------------------------------------------

    def add_person(self, person: Person) -> None:
        user = {
            "id": person.id, "is_bot": False, "first_name": person.name,
            "username": person.username, "language_code": "zh-hans",
        }  # fmt: skip
        self.roles[person.id] = person.role
        self.know_user(user)

    def know_user(self, user: Json) -> None:
        """Remember a person, and the private chat that has the person's id."""
        self.people[user["id"]] = user
        names = {k: user[k] for k in ("first_name", "last_name", "username") if user.get(k)}
        self.chats[user["id"]] = {"id": user["id"], "type": "private", **names}

    def add_group(self, group: Group) -> None:
        self.groups[group.id] = group
        self.chats[group.id] = {"id": group.id, "type": "supergroup", "title": group.title}

    def person(self, person_id: int) -> Json:
        if person_id not in self.people:
            raise KeyError(f"no person {person_id}; known: {sorted(self.people)}")
        return self.people[person_id]

    def chat(self, chat_id: int | None) -> Json:
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def next_id(self) -> int:
        """Ids grow over all chats, so that a message id alone names one message."""
        self._last_id += 1
        return self._last_id

    def now(self) -> int:
        return int(self.clock())

    # Messages --------------------------------------------------------------------------------

    def new_message(self, chat_id: int, sender: Json, content: Json) -> Json:
        """Store a message from ``sender`` and tell the listeners."""
        message: Json = {
            "message_id": self.next_id(), "date": self.now(), "chat": self.chat(chat_id),
            "from": sender, **content,
        }  # fmt: skip
        self.keep(message)
        self.emit("message", chat_id, message=message)
        return message

    def keep(self, message: Json) -> None:
        chat_id = message["chat"]["id"]
        history = self.history.setdefault(chat_id, OrderedDict())
        history[message["message_id"]] = message
        self._last_id = max(self._last_id, message["message_id"])
        while len(history) > MAX_MESSAGES_PER_CHAT:
            dropped, _ = history.popitem(last=False)
            self.reactions.pop((chat_id, dropped), None)

    def message(self, chat_id: int, message_id: int | None) -> Json | None:
        history = self.history.get(chat_id)
        return history.get(message_id or 0) if history else None

    def messages(self, chat_id: int) -> list[Json]:
        return list(self.history.get(chat_id, {}).values())

    def change(self, message: Json, content: Json) -> None:
        """Put ``content`` into a stored message; a value of ``None`` removes the key."""
        for key, value in content.items():
            if value is None:
                message.pop(key, None)
            else:
                message[key] = value
        self.emit("edit", message["chat"]["id"], message=message)

    def remove(self, chat_id: int, message_id: int) -> None:
        self.history[chat_id].pop(message_id)
        self.reactions.pop((chat_id, message_id), None)
        self.emit("delete", chat_id, message_id=message_id)

    def react(self, chat_id: int, message_id: int, actor_id: int, reactions: list[Json]) -> None:
        given = self.reactions.setdefault((chat_id, message_id), {})
        given.pop(actor_id, None)
        if reactions:
            given[actor_id] = reactions
        self.emit("reaction", chat_id, message_id=message_id)

    def inline_copy(self, message: Json) -> Json:
        """The message without the message it answers, as Telegram nests only one level."""
        return {k: v for k, v in message.items() if k != "reply_to_message"}

    # Queries and polls -----------------------------------------------------------------------

    def remember(self, queries: OrderedDict[str, Query], query_id: str, query: Query) -> None:
        queries[query_id] = query
        while len(queries) > MAX_QUERIES:
            queries.popitem(last=False)

    def poll_changed(self, poll: Poll) -> None:
        """Recount the votes and tell the listeners."""
        chosen = [index for picks in poll.votes.values() for index in picks]
        for index, option in enumerate(poll.data["options"]):
            option["voter_count"] = chosen.count(index)
        poll.data["total_voter_count"] = len(poll.votes)
        self.emit("poll", poll.chat_id, message_id=poll.message_id)

    # Commands --------------------------------------------------------------------------------

    def commands_for(self, chat_id: int) -> list[Json]:
        """The menu of a chat, narrowest scope first, as in core.telegram.org/bots/api.

        Languages other than the general and the Chinese list do not occur in this product.
        """
        kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (f"chat:{chat_id}", kind, "default"):
            for language in ("zh", ""):
                if self.commands.get((scope, language)):
                    return self.commands[scope, language]
        return []
