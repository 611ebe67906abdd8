"""Every setting, read from the environment (and `.env`) in one place; all wrong ones are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from environs import Env, EnvValidationError, ValidationError, validate

from store.database import DEFAULT_PATH
from store.secrets import are_keys


class SettingsError(Exception):
    """Settings are wrong; the message names each with its fix."""


@dataclass(frozen=True)
class Settings:
    """`.env.example` tells each setting's meaning, unit and default."""

    telegram_token: str | None
    webhook_url: str | None
    webhook_secret: str | None
    webhook_listen: str
    webhook_port: int
    telegram_proxy: str | None
    telegram_api_base: str
    local_chat: bool
    local_chat_host: str
    local_chat_port: int
    rasa_url: str | None
    database: Path
    keys: str | None = field(repr=False)
    key_file: Path | None
    heartbeat_file: Path | None
    log_level: str


def read_settings(env_file: Path | None = None) -> Settings:
    """Read all settings.

    Args:
        env_file: A file of `NAME=value` lines; what the environment already holds comes first.

    Raises:
        SettingsError: lists every wrong or missing setting.
    """
    env = Env(eager=False)
    if env_file and env_file.exists():
        env.read_env(str(env_file), recurse=False)
    loopback = validate.OneOf(["127.0.0.1", "localhost", "::1"], error="must be loopback: the page has no login")
    url = validate.URL(schemes={"http", "https"}, require_tld=False)
    https = validate.URL(schemes={"https"}, require_tld=False)
    port = validate.Range(min=0, max=65535)
    secret = validate.Regexp(r"^[A-Za-z0-9_-]{16,256}$", error="16 to 256 letters, digits, _ or -")
    token = validate.Regexp(r"^\d+:[\w-]{30,}$", error="looks like 123456:ABC…, from @BotFather")
    settings = Settings(
        telegram_token=_optional(env, "TELEGRAM_BOT_TOKEN", token),
        webhook_url=_optional(env, "WEBHOOK_URL", https),
        webhook_secret=_optional(env, "WEBHOOK_SECRET", secret),
        webhook_listen=env.str("WEBHOOK_LISTEN", "127.0.0.1"),
        webhook_port=env.int("WEBHOOK_PORT", 8443, validate=port),
        telegram_proxy=_optional(env, "TELEGRAM_PROXY"),
        telegram_api_base=env.str("TELEGRAM_API_BASE", "https://api.telegram.org", validate=url),
        local_chat=env.bool("LOCAL_CHAT", True),
        local_chat_host=env.str("LOCAL_CHAT_HOST", "127.0.0.1", validate=loopback),
        local_chat_port=env.int("LOCAL_CHAT_PORT", 8787, validate=port),
        rasa_url=_optional(env, "RASA_URL", url),
        database=env.path("COACH_DATABASE", Path(DEFAULT_PATH)),
        keys=_optional(env, "COACH_KEY", _are_keys),
        key_file=env.path("COACH_KEY_FILE", None) if env.str("COACH_KEY_FILE", "") else None,
        heartbeat_file=env.path("HEARTBEAT_FILE", None) if env.str("HEARTBEAT_FILE", "") else None,
        log_level=env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])),
    )
    problems = _wrong_values(env) + _wrong_together(settings)
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def _optional(env: Env, name: str, validator: object = None) -> str | None:
    """An empty value counts as not set, so that a line of `.env` can stay empty."""
    if not env.str(name, ""):
        return None
    return env.str(name, validate=validator)


def _are_keys(given: str) -> None:
    if not are_keys(given):
        raise ValidationError("needs keys as `coach key` makes them, separated by commas")


def _wrong_values(env: Env) -> list[str]:
    try:
        env.seal()
    except EnvValidationError as error:
        messages = error.error_messages
        assert isinstance(messages, Mapping)  # a deferred error names every variable
        return [f"{name}: {' '.join(texts)}" for name, texts in messages.items()]
    return []


def _wrong_together(settings: Settings) -> list[str]:
    problems = []
    if settings.webhook_url and not settings.telegram_token:
        problems.append("WEBHOOK_URL: needs TELEGRAM_BOT_TOKEN")
    if settings.webhook_url and not settings.webhook_secret:
        problems.append("WEBHOOK_SECRET: needed with WEBHOOK_URL, so that only Telegram can post to it")
    if not settings.local_chat and not settings.telegram_token:
        problems.append("LOCAL_CHAT: is off and TELEGRAM_BOT_TOKEN is missing; set one of them")
    return problems
