"""Message content for what people send besides text."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from bot.localchat.files import FileStore
from bot.localchat.methods_messages import document, file_fields, photo_size
from bot.localchat.state import Json

# Two seconds of nothing; enough where only the fact of a voice message matters.
EMPTY_OGG = b"OggS" + bytes(24)


def content(files: FileStore, kind: str, body: bytes | None, name: str | None, fields: dict[str, Any]) -> Json:
    """The part of a message that belongs to ``kind``; ``ValueError`` for an unknown kind."""
    if kind == "location":
        return {"location": {"latitude": 31.23, "longitude": 121.47, **fields}}
    if kind == "photo":
        stored = files.add(body or plain_png(320, 200), name or "photo.png", "photos")
        return {"photo": [{**photo_size(stored), **fields}]}
    if kind == "document":
        stored = files.add(body or b"\n", name or "document.txt", "documents")
        return {"document": {**document(stored), **fields}}
    if kind == "voice":
        stored = files.add(body or EMPTY_OGG, name or "voice.ogg", "voice", "audio/ogg")
        return {"voice": {**file_fields(stored), "duration": 2, "mime_type": "audio/ogg", **fields}}
    if kind == "sticker":
        stored = files.add(body or plain_png(512, 512), name or "sticker.png", "stickers")
        return {"sticker": {**photo_size(stored), **STICKER, **fields}}
    raise ValueError(f"unknown kind {kind!r}: photo, document, voice, sticker or location")


STICKER = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}


def plain_png(width: int, height: int, grey: int = 200) -> bytes:
    """A picture of one grey, as a stand-in where any picture will do."""
    rows = (b"\0" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
