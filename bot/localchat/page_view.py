"""The world as the page sees it: messages with their reactions and votes, never the token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.localchat.entities import utf16_len
from bot.localchat.limits import MAX_TEXT
from bot.localchat.state import Json, World

if TYPE_CHECKING:
    from bot.localchat.server import Server

# The page shows the latest part of a chat; a phone scrolls no further back in practice.
SHOWN_MESSAGES = 300
MESSAGE_EVENTS = {"message", "edit"}
UPDATED_EVENTS = {"reaction", "poll"}


def state_for_page(server: Server) -> Json:
    """The page's first data and, after a lost connection, its fresh start."""
    world = server.api.world
    return {
        # Changes with every start, so that the page forgets what it knew of an older run.
        "session": server.session,
        "bot": {
            "id": world.bot["id"],
            "name": world.bot["first_name"],
            "username": world.bot["username"],
            "about": world.profile.get("short_description", ""),
            "description": world.profile.get("description", ""),
        },
        "people": [_person(world, person_id) for person_id in world.people],
        "chats": [chat_view(world, chat_id) for chat_id in world.chats],
        "hint": server.hint,
        "examples": list(server.examples),
    }


def _person(world: World, person_id: int) -> Json:
    person = world.people[person_id]
    return {
        "id": person_id,
        "name": person.get("first_name", ""),
        "role": world.roles.get(person_id, ""),
    }


def chat_view(world: World, chat_id: int) -> Json:
    chat, group = world.chats[chat_id], world.groups.get(chat_id)
    return {
        "id": chat_id,
        "title": chat.get("title") or chat.get("first_name", ""),
        "members": list(group.members) if group else [],
        "commands": world.commands_for(chat_id),
        "keyboard": world.keyboards.get(chat_id),
        "pinned": world.pinned.get(chat_id),
        "messages": [message_view(world, m) for m in world.messages(chat_id)[-SHOWN_MESSAGES:]],
    }


def message_view(world: World, message: Json) -> Json:
    """Bot API JSON plus ``local``: reactions and votes by person id."""
    key = (message["chat"]["id"], message["message_id"])
    given = world.reactions.get(key, {})
    local: Json = {"reactions": {str(who): [r.get("emoji") for r in what] for who, what in given.items()}}
    poll = world.polls.get(message.get("poll", {}).get("id", ""))
    if poll is not None:
        local["votes"] = {str(who): picks for who, picks in poll.votes.items()}
    return {**message, "local": local}


def event_for_page(world: World, event: Json) -> Json | None:
    """One event as the page gets it; ``None`` when it does not concern the page."""
    kind, chat_id = event["kind"], event["chat_id"]
    if kind in ("call", "polled"):
        return None
    if kind in MESSAGE_EVENTS:
        return {"kind": kind, "chat_id": chat_id, "message": message_view(world, event["message"])}
    if kind in UPDATED_EVENTS:
        message = world.message(chat_id, event["message_id"])
        shown = message and message_view(world, message)
        return {"kind": "edit", "chat_id": chat_id, "message": shown} if shown else None
    return event


def split_text(text: str) -> list[str]:
    """Parts that fit one message each, cut at line ends where possible, as Telegram's apps do."""
    parts, rest = [], text.strip()
    while utf16_len(rest) > MAX_TEXT:
        # Half the limit always fits, whatever part of it are two-unit characters.
        head = rest[:MAX_TEXT] if utf16_len(rest[:MAX_TEXT]) <= MAX_TEXT else rest[: MAX_TEXT // 2]
        cut = max(head.rfind("\n"), 0) or len(re.sub(r"\s+\S*$", "", head)) or len(head)
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [part for part in [*parts, rest] if part] or [text]
