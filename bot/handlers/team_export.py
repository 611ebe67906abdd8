"""`/export team`: a manager's own teams as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import CommandHandler, ContextTypes

from bot.conversation import texts
from store import audit, people, team_progress, teams
from store.clock import utc_now
from store.database import database

FILE_NAME = "team.csv"
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
        content = team_csv(viewer, utc_now())
        await message.reply_document(content, caption=texts()["team_exported"], filename=FILE_NAME)


def team_csv(viewer: people.Person, now: datetime) -> bytes:
    """A line for each person and objection; UTF-8 with the mark by which spreadsheets know it."""
    seen = {person.id: person for person in people.visible_to(database(), viewer)}
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    practised = team_progress.cells(database(), list(seen))
    for person in seen.values():
        own = "、".join(team.name for team in teams.of(database(), person.id))
        line = (person.id, harmless(person.name), person.role, harmless(own))
        cells = [cell for cell in practised if cell.person_id == person.id]
        for cell in cells:
            writer.writerow([*line, cell.objection, round(cell.mastery), cell.answers])
        if not cells:
            writer.writerow([*line, "", "", 0])
    audit.record(database(), viewer.id, "export", now)
    return table.getvalue().encode("utf-8-sig", errors="replace")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def handlers() -> list[CommandHandler]:  # type: ignore[type-arg]
    """Only with a word behind the command; `/export` alone is about the own data."""
    return [CommandHandler("export", export_team, has_args=True)]
