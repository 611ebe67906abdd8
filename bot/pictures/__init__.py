"""Draws the pictures that replies ask for: one file a kind, `draw(data) -> Figure`.

matplotlib takes a second to import and a tenth to draw: it is imported at the first picture, and drawing happens in one
thread of its own (matplotlib is not safe in several), so that other people are answered meanwhile.
"""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from bot.engine import Picture

# Kind → the module that draws it.
KINDS = {"funnel": "bot.pictures.funnel", "progress": "bot.pictures.progress", "team": "bot.pictures.team"}
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


async def draw(picture: Picture) -> bytes:
    """The picture as PNG; raises `KeyError` for a kind that nobody draws."""
    return await asyncio.get_running_loop().run_in_executor(_thread, png, picture)


def png(picture: Picture) -> bytes:
    """The same, in the calling thread."""
    figure = import_module(KINDS[picture.kind]).draw(picture.data)
    content = io.BytesIO()
    figure.savefig(content, format="png")
    return content.getvalue()
