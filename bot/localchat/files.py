"""Files that people and the bot sent; kept in memory, oldest dropped first."""

from __future__ import annotations

import hashlib
import mimetypes
import struct
from collections import OrderedDict
from dataclasses import dataclass

# Enough for an afternoon of pictures; a laptop does not notice it.
MAX_TOTAL_BYTES = 128 * 1024 * 1024
# https://core.telegram.org/bots/api#getfile
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
PNG, GIF, JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8"


@dataclass(frozen=True)
class StoredFile:
    """One file; ``path`` is what getFile hands out as ``file_path``."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    path: str
    body: bytes


class FileStore:
    """Finds files by id or by path."""

    def __init__(self, max_total_bytes: int = MAX_TOTAL_BYTES) -> None:
        self._max = max_total_bytes
        self._count = 0
        self._files: OrderedDict[str, StoredFile] = OrderedDict()

    def add(self, body: bytes, name: str, kind: str, mime_type: str = "") -> StoredFile:
        """Keep ``body``; ``kind`` is the folder in the path, e.g. ``photos``."""
        guessed = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        unique = hashlib.sha256(body).hexdigest()[:14]
        self._count += 1
        file_id = f"LOCAL{self._count:06d}{unique}"
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{kind}/file_{self._count}.{suffix if suffix.isalnum() else 'bin'}"
        stored = StoredFile(file_id, unique, name, guessed, path, body)
        self._files[file_id] = stored
        self._shrink()
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return next((f for f in self._files.values() if f.path == path), None)

    def _shrink(self) -> None:
        total = sum(len(f.body) for f in self._files.values())
        while total > self._max and len(self._files) > 1:
            _, dropped = self._files.popitem(last=False)
            total -= len(dropped.body)


def image_size(body: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP; ``None`` when it is no such picture."""
    if body.startswith(PNG) and len(body) >= 24:
        return struct.unpack(">II", body[16:24])
    if body.startswith(GIF) and len(body) >= 10:
        return struct.unpack("<HH", body[6:10])
    if body.startswith(JPEG):
        return _jpeg_size(body)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return (512, 512)  # Stickers are 512 wide; the exact size matters to nobody here.
    return None


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header, which holds height before width."""
    position = 2
    while position + 9 < len(body) and body[position] == 0xFF:
        marker = body[position + 1]
        (length,) = struct.unpack(">H", body[position + 2 : position + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", body[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
