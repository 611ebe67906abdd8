"""Bot API methods that send, change and remove messages."""

from __future__ import annotations

from collections.abc import Callable

from bot.localchat import limits
from bot.localchat.context import Api
from bot.localchat.errors import bad_request
from bot.localchat.files import StoredFile, image_size
from bot.localchat.params import Params
from bot.localchat.state import Json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
# telegram.constants.ReactionEmoji; Telegram writes them without the emoji variation selector.
REACTIONS = set(
    [
        "👍",
        "👎",
        "❤",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


def send_message(api: Api, params: Params) -> Json:
    chat = api.chat(params)
    text, entities = limits.message_text(params)
    api.reachable(params)
    return api.deliver(chat, params, _with_entities("text", text, entities))


def send_photo(api: Api, params: Params) -> Json:
    content = _captioned(params)
    stored = _file(api, params, "photo", "photos")
    size = image_size(stored.body)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    chat = api.reachable(params)
    return api.deliver(chat, params, {"photo": [photo_size(stored)], **content})


def send_document(api: Api, params: Params) -> Json:
    content = _captioned(params)
    stored = _file(api, params, "document", "documents")
    chat = api.reachable(params)
    return api.deliver(chat, params, {"document": document(stored), **content})


def photo_size(stored: StoredFile) -> Json:
    """PhotoSize; Telegram offers several sizes, here the only one is the original."""
    width, height = image_size(stored.body) or (320, 240)
    return {**file_fields(stored), "width": width, "height": height}


def document(stored: StoredFile) -> Json:
    named = {"file_name": stored.name, "mime_type": stored.mime_type}
    return {**file_fields(stored), **named}


def file_fields(stored: StoredFile) -> Json:
    size = len(stored.body)
    return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": size}


def edit_text(api: Api, params: Params) -> Json:
    text, entities = limits.message_text(params)
    message = api.own_message(params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(api, params, message, {"text": text, "entities": entities or None})


def edit_caption(api: Api, params: Params) -> Json:
    text, entities = limits.caption(params)
    message = api.own_message(params)
    if not {"photo", "document", "voice"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    changes = {"caption": text or None, "caption_entities": entities or None}
    return _edit(api, params, message, changes)


def edit_markup(api: Api, params: Params) -> Json:
    return _edit(api, params, api.own_message(params), {})


def delete_message(api: Api, params: Params) -> bool:
    chat = api.chat(params)
    message = api.world.message(chat["id"], params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    api.check_deletable(chat, message)
    api.world.remove(chat["id"], message["message_id"])
    return True


def pin_message(api: Api, params: Params) -> bool:
    chat = api.chat(params)
    message = api.world.message(chat["id"], params.integer("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    if chat["type"] != "private" and not api.bot_is_admin(chat["id"]):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    api.world.pinned[chat["id"]] = message["message_id"]
    api.world.emit("chat", chat["id"])
    return True


def chat_action(api: Api, params: Params) -> bool:
    chat, action = api.reachable(params), params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    api.world.emit("typing", chat["id"], action=action)
    return True


def set_reaction(api: Api, params: Params) -> bool:
    chat = api.chat(params)
    message = api.world.message(chat["id"], params.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    reactions = params.array("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not all(is_reaction(reaction) for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    api.world.react(chat["id"], message["message_id"], api.world.bot["id"], reactions)
    return True


def is_reaction(reaction: Json) -> bool:
    emoji = str(reaction.get("emoji", "")).replace("\ufe0f", "")
    return reaction.get("type") == "emoji" and emoji in REACTIONS


def get_file(api: Api, params: Params) -> Json:
    stored = api.world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return {**file_fields(stored), "file_path": stored.path}


def _captioned(params: Params) -> Json:
    text, entities = limits.caption(params)
    return _with_entities("caption", text, entities) if text else {}


def _with_entities(name: str, text: str, entities: list[Json]) -> Json:
    key = "entities" if name == "text" else f"{name}_entities"
    return {name: text, key: entities} if entities else {name: text}


def _file(api: Api, params: Params, name: str, folder: str) -> StoredFile:
    """The uploaded file, or the known one that a file_id names."""
    upload = params.upload(name)
    if upload is not None:
        if not upload.body:
            raise bad_request("file must be non-empty")
        return api.world.files.add(upload.body, upload.name, folder, upload.mime_type)
    if not params.text(name):
        raise bad_request(f"there is no {name} in the request")
    stored = api.world.files.get(params.text(name))
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def _edit(api: Api, params: Params, message: Json, changes: Json) -> Json:
    """Apply ``changes`` and the new keyboard; without one in ``params`` the old one goes."""
    markup = limits.reply_markup(params)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    wanted = {**changes, "reply_markup": markup}
    if all(message.get(key) == value for key, value in wanted.items()):
        raise bad_request(NOT_MODIFIED)
    api.world.change(message, {**wanted, "edit_date": api.world.now()})
    return message


METHODS: dict[str, Callable[[Api, Params], Json | bool]] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "pinChatMessage": pin_message,
    "sendChatAction": chat_action,
    "setMessageReaction": set_reaction,
    "getFile": get_file,
}
