"""Telegram's limits on what a bot may send, and the words it refuses with.

Lengths count UTF-16 units. Telegram's documents leave open whether text length means those or
code points; counting the larger number means that what passes here passes there.
Sources: https://core.telegram.org/bots/api (each method) and the answers of api.telegram.org.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.localchat.entities import Entity, find_entities, parse_html, trim, utf16_len
from bot.localchat.errors import bad_request
from bot.localchat.params import Params

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_QUESTION = 300
MAX_OPTION = 100
MIN_OPTIONS, MAX_OPTIONS = 2, 12
MAX_EXPLANATION, MAX_EXPLANATION_FEEDS = 200, 2
MAX_INLINE_RESULTS = 50
MAX_COMMANDS, MAX_COMMAND, MAX_COMMAND_TEXT = 100, 32, 256
MAX_ALERT = 200
BUTTON_ACTIONS = (
    "callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "web_app", "copy_text", "login_url", "pay",
)  # fmt: skip

Formatted = tuple[str, list[Entity]]


def formatted(params: Params, name: str, mode_name: str = "parse_mode") -> Formatted:
    """Text parameter ``name`` after entity parsing, trimmed, with all its entities."""
    raw, mode = params.text(name), params.text(mode_name).lower()
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode:
        # Documented gap of the local server: the bot uses HTML only.
        raise bad_request(f"unsupported parse_mode: {params.text(mode_name)}")
    else:
        text, entities = raw, list(params.array(_entities_name(name)) or [])
    text, entities = trim(text, entities)
    return text, find_entities(text, entities)


def _entities_name(name: str) -> str:
    return "entities" if name == "text" else f"{name}_entities"


def message_text(params: Params) -> Formatted:
    text, entities = formatted(params, "text")
    if not text:
        raise bad_request("message text is empty")
    if utf16_len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption(params: Params) -> Formatted:
    text, entities = formatted(params, "caption")
    if utf16_len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def reply_markup(params: Params) -> dict[str, Any] | None:
    """The checked ``reply_markup``; an empty inline keyboard counts as none."""
    try:
        markup = params.obj("reply_markup")
    except Exception:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not markup:
        return None
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
        rows = [row for row in markup["inline_keyboard"] if row]
        return {"inline_keyboard": rows} if rows else None
    if not {"keyboard", "remove_keyboard", "force_reply"} & markup.keys():
        raise bad_request("can't parse reply keyboard markup JSON object")
    return markup


def _check_inline(rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be an Array')
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request("can't parse InlineKeyboardButton: Can't find field \"text\"")
    if not any(action in button for action in BUTTON_ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and urlsplit(url).scheme not in {"http", "https", "tg"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def poll_texts(params: Params) -> tuple[str, list[str]]:
    """Question and option texts of a poll."""
    question = params.text("question").strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if utf16_len(question) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    options = [
        str(option.get("text", "") if isinstance(option, dict) else option).strip()
        for option in params.array("options") or []
    ]
    if len(options) < MIN_OPTIONS:
        raise bad_request(f"poll must have at least {MIN_OPTIONS} option")
    if len(options) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    if not all(options):
        raise bad_request("poll options must be non-empty")
    if any(utf16_len(option) > MAX_OPTION for option in options):
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    return question, options


def explanation(params: Params) -> Formatted:
    """The text a quiz shows after a vote."""
    text, entities = formatted(params, "explanation", "explanation_parse_mode")
    if utf16_len(text) > MAX_EXPLANATION:
        raise bad_request("MESSAGE_TOO_LONG")
    if text.count("\n") > MAX_EXPLANATION_FEEDS:
        raise bad_request("poll explanation contains too many line feeds")
    return text, entities


def inline_results(params: Params) -> list[dict[str, Any]]:
    results = params.array("results") or []
    if len(results) > MAX_INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    ids = [str(result.get("id", "")) for result in results]
    if not all(1 <= len(result_id.encode()) <= 64 for result_id in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _check_inline((result.get("reply_markup") or {}).get("inline_keyboard", []))
    return results


def commands(params: Params) -> list[dict[str, str]]:
    """Commands for the menu: lower-case ASCII, digits and underscores, 1 to 32 characters."""
    given = params.array("commands") or []
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = []
    for item in given:
        name, about = str(item.get("command", "")).lstrip("/"), str(item.get("description", ""))
        fits = name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()
        if not fits or len(name) > MAX_COMMAND:
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_len(about.strip()) <= MAX_COMMAND_TEXT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        checked.append({"command": name, "description": about.strip()})
    return checked
