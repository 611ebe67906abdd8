"""The bot's name on Telegram and on the chat page: links to it are written by actions, which do not know Telegram."""

from __future__ import annotations

from sqlite_utils import Database


def remember(database: Database, username: str, *, local: bool) -> None:
    """Keep the name under which the bot is served."""
    with database.atomic():
        database.execute("insert or replace into bot_names (local, username) values (?, ?)", [int(local), username])


def deep_link(database: Database, parameter: str, *, local: bool) -> str | None:
    """A link that opens the bot and starts it with a parameter; None where the bot was never served."""
    rows = list(database.query("select username from bot_names where local = ?", [int(local)]))
    return f"https://t.me/{rows[0]['username']}?start={parameter}" if rows else None
