"""Bot API methods about the bot itself and about chats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.localchat import limits
from bot.localchat.context import Api
from bot.localchat.entities import utf16_len
from bot.localchat.errors import bad_request
from bot.localchat.params import Params
from bot.localchat.state import Json

SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
MAX_DESCRIPTION, MAX_SHORT_DESCRIPTION = 512, 120
ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
         "gifts_from_channels")  # fmt: skip


def get_me(api: Api, params: Params) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": not api.group_privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**api.world.bot, **abilities}


def set_commands(api: Api, params: Params) -> bool:
    api.world.commands[_scope(api, params)] = limits.commands(params)
    api.world.emit("chat", 0)
    return True


def get_commands(api: Api, params: Params) -> list[Json]:
    return api.world.commands.get(_scope(api, params), [])


def delete_commands(api: Api, params: Params) -> bool:
    api.world.commands.pop(_scope(api, params), None)
    api.world.emit("chat", 0)
    return True


def _scope(api: Api, params: Params) -> tuple[str, str]:
    """Key of a command list: scope with its chat, and the language code."""
    scope, language = params.obj("scope") or {"type": "default"}, params.text("language_code")
    kind = scope.get("type")
    if kind in SCOPES:
        return str(kind), language
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = api.chat(Params({"chat_id": scope.get("chat_id")}))
    suffix = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat['id']}{suffix}", language


def set_description(api: Api, params: Params) -> bool:
    return _set_profile(api, params, "description", MAX_DESCRIPTION)


def set_short_description(api: Api, params: Params) -> bool:
    return _set_profile(api, params, "short_description", MAX_SHORT_DESCRIPTION)


def _set_profile(api: Api, params: Params, name: str, longest: int) -> bool:
    text = params.text(name)
    if utf16_len(text) > longest:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    api.world.profile[name] = text
    api.world.emit("chat", 0)
    return True


def set_menu_button(api: Api, params: Params) -> bool:
    button = params.obj("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse MenuButton: unsupported type specified")
    api.world.profile["menu_button"] = button
    return True


def get_chat(api: Api, params: Params) -> Json:
    """ChatFullInfo with the fields that are required and the pinned message."""
    chat = api.chat(params)
    full: Json = {
        **chat,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    pinned = api.world.message(chat["id"], api.world.pinned.get(chat["id"]))
    return {**full, "pinned_message": pinned} if pinned else full


def get_chat_member(api: Api, params: Params) -> Json:
    chat, user_id = api.chat(params), params.integer("user_id")
    world = api.world
    user = world.bot if user_id == world.bot["id"] else world.people.get(user_id or 0)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return {"user": user, **_membership(api, chat, user["id"])}


def _membership(api: Api, chat: Json, user_id: int) -> dict[str, Any]:
    group = api.world.groups.get(chat["id"])
    if group is None:
        inside = user_id in (chat["id"], api.world.bot["id"])
        return {"status": "member" if inside else "left"}
    if user_id == group.owner:
        return {"status": "creator", "is_anonymous": False}
    if user_id == api.world.bot["id"]:
        rights = {"status": "administrator", **dict.fromkeys(ADMIN_RIGHTS, False)}
        return rights if group.bot_is_admin else {"status": "member"}
    return {"status": "member" if user_id in group.members else "left"}


def log_out(api: Api, params: Params) -> bool:
    return True


METHODS: dict[str, Callable[[Api, Params], Json | list[Json] | bool]] = {
    "getMe": get_me,
    "logOut": log_out,
    "close": log_out,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyDescription": set_description,
    "setMyShortDescription": set_short_description,
    "setChatMenuButton": set_menu_button,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
