"""What every Bot API method works on, and the checks that many of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.localchat import limits
from bot.localchat.errors import ApiError, bad_request
from bot.localchat.params import Params
from bot.localchat.rate import RateLimiter
from bot.localchat.state import Json, World
from bot.localchat.updates import UpdateQueue

# https://core.telegram.org/bots/api#deletemessage
DELETE_WITHIN_S = 48 * 3600


@dataclass
class Api:
    """The world, the updates and the limits of one bot."""

    world: World
    queue: UpdateQueue
    rate: RateLimiter
    # Telegram names no figure; about a minute is what bots report.
    query_timeout_s: float = 60.0
    group_privacy: bool = True

    def chat(self, params: Params) -> Json:
        """The chat of ``chat_id``."""
        raw = params.text("chat_id").strip()
        if not raw:
            raise bad_request("chat_id is empty")
        try:
            return self.world.chat(int(raw))
        except ValueError:
            raise bad_request("chat not found") from None

    def reachable(self, params: Params) -> Json:
        """The chat, when the bot may write to it now; counts against the rate."""
        chat = self.chat(params)
        if chat["id"] in self.world.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        self.rate.check(chat["id"])
        return chat

    def deliver(self, chat: Json, params: Params, content: Json) -> Json:
        """Send ``content`` as the bot, with the reply and the keyboard of ``params``."""
        markup = limits.reply_markup(params)
        reply = self._reply_to(chat["id"], params)
        full = {**reply, **content}
        if markup and "inline_keyboard" in markup:
            full["reply_markup"] = markup
        message = self.world.new_message(chat["id"], self.world.bot, full)
        if markup and "inline_keyboard" not in markup:
            self._set_keyboard(chat["id"], markup)
        return message

    def own_message(self, params: Params, verb: str = "edit") -> Json:
        """The bot's own message that ``chat_id`` and ``message_id`` name."""
        if params.text("inline_message_id"):
            raise bad_request(f"message to {verb} not found")
        chat = self.reachable(params)
        message = self.world.message(chat["id"], params.integer("message_id"))
        if message is None:
            raise bad_request(f"message to {verb} not found")
        if message["from"]["id"] != self.world.bot["id"]:
            raise bad_request(f"message can't be {verb}ed")
        return message

    def bot_is_admin(self, chat_id: int) -> bool:
        group = self.world.groups.get(chat_id)
        return group is not None and group.bot_is_admin

    def check_deletable(self, chat: Json, message: Json) -> None:
        """Own messages and everything in private chats, for two days; in groups as admin."""
        own = message["from"]["id"] == self.world.bot["id"]
        allowed = own or chat["type"] == "private" or self.bot_is_admin(chat["id"])
        if not allowed or self.world.now() - message["date"] > DELETE_WITHIN_S:
            raise bad_request("message can't be deleted")

    def _reply_to(self, chat_id: int, params: Params) -> dict[str, Any]:
        reply = params.obj("reply_parameters") or {}
        wanted = reply.get("message_id") or params.integer("reply_to_message_id")
        if not wanted:
            return {}
        message = self.world.message(chat_id, int(wanted))
        if message is not None:
            return {"reply_to_message": self.world.inline_copy(message)}
        lenient = reply.get("allow_sending_without_reply")
        if lenient or params.boolean("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")

    def _set_keyboard(self, chat_id: int, markup: Json) -> None:
        if "keyboard" in markup:
            self.world.keyboards[chat_id] = markup
        elif "remove_keyboard" in markup:
            self.world.keyboards.pop(chat_id, None)
        self.world.emit("chat", chat_id)
