"""`/export team`: a manager's own teams as CSV files that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import CommandHandler, ContextTypes

from bot import handling
from bot.conversation import texts
from store import audit, people, team_progress, team_tables, teams
from store.clock import utc_now
from store.database import database

FIRST_FILE = "team"
COLUMNS = ("person_id", "name", "role", "teams", "objection", "mastery", "answers")
# What a spreadsheet takes for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


async def export_team(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the file to a manager, in a private chat; others are told that it is not theirs."""
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    viewer = people.member(database(), str(message.from_user.id))
    if message.chat.type != ChatType.PRIVATE:
        await message.reply_text(texts()["private_only"])
    elif viewer is None or not viewer.manages or context.args != ["team"]:
        await message.reply_text(texts()["managers_only"])
    else:
        for name, content in team_files(viewer, utc_now()).items():
            caption = texts()["team_exported"] if name == FIRST_FILE else None
            send = partial(message.reply_document, content, caption=caption, filename=f"{name}.csv")
            await handling.send(send)


def team_files(viewer: people.Person, now: datetime) -> dict[str, bytes]:
    """File → content: mastery first, then everything that it rests on, without what people wrote."""
    seen = {person.id: person for person in people.visible_to(database(), viewer)}
    files = {FIRST_FILE: _csv(COLUMNS, _mastery(seen))}
    for name, rows in team_tables.tables(database(), list(seen)).items():
        named = [(seen[row["person_id"]].name, *row.values()) for row in rows]
        files[name] = _csv(("name", *rows[0]), named)
    audit.record(database(), viewer.id, "export", now)
    return files


def _mastery(seen: Mapping[str, people.Person]) -> Iterator[Sequence[object]]:
    """A line for each person and objection."""
    practised = team_progress.cells(database(), list(seen))
    for person in seen.values():
        own = "、".join(team.name for team in teams.of(database(), person.id))
        line = (person.id, person.name, person.role, own)
        cells = [cell for cell in practised if cell.person_id == person.id]
        for cell in cells:
            yield (*line, cell.objection, round(cell.mastery), cell.answers)
        if not cells:
            yield (*line, "", "", 0)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(columns)
    writer.writerows([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
    return table.getvalue().encode("utf-8-sig", errors="replace")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def handlers() -> list[CommandHandler]:  # type: ignore[type-arg]
    """Only with a word behind the command; `/export` alone is about the own data."""
    return [CommandHandler("export", export_team, has_args=True)]
