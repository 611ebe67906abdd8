"""`coach chat`: the same coach in the terminal; buttons are numbers."""

from __future__ import annotations

import asyncio

from rich.console import Console

from bot.engine import Button, EmbeddedEngine, EngineUnavailable, Reply
from dialogues.own_content import loadable_model
from store import people
from store.clock import utc_now
from store.database import database

SENDER = "terminal"


async def chat() -> None:
    """Talk until the input ends; whoever runs the command owns the machine and may do everything."""
    console = Console()
    people.admit(database(), SENDER, SENDER, people.ADMIN, utc_now(), local=True)
    with console.status("正在加载教练…"):
        engine = EmbeddedEngine.load(loadable_model())
    offered: list[Button] = []
    line = "/start"
    while True:
        try:
            replies = await engine.answer(SENDER, line)
        except EngineUnavailable as error:
            console.print(f"[red]{error}[/red]")
            replies = []
        offered = _show(console, replies) or offered
        try:
            typed = (await asyncio.to_thread(console.input, "[bold]你 › [/bold]")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        line = offered[int(typed) - 1].payload if _is_choice(typed, offered) else typed.lstrip("/") or "/help"


def _is_choice(typed: str, offered: list[Button]) -> bool:
    return typed.isdecimal() and 1 <= int(typed) <= len(offered)


def _show(console: Console, replies: list[Reply]) -> list[Button]:
    buttons: list[Button] = []
    for reply in replies:
        console.print(reply.text, markup=False)
        if reply.picture:
            console.print(reply.picture.alt, style="dim", markup=False)
        buttons.extend([*(reply.quiz.choices() if reply.quiz else ()), *reply.buttons])
    if buttons:
        console.print("  ".join(f"[{n}] {b.title}" for n, b in enumerate(buttons, start=1)), style="dim", markup=False)
    return buttons
