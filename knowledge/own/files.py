"""What a file must be before anything reads it; files come from people and may be broken, huge or hostile."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath

MAX_BYTES = 20 * 1024 * 1024
# A zip archive (docx, pptx, xlsx) may hold this much when unpacked and in so many parts; more is an attack.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 5_000
# From this size on a part that shrinks by more than the ratio is no text and no picture.
LARGE_PART_BYTES, MAX_RATIO = 1024 * 1024, 200
MAX_NAME = 80

ZIPPED, TEXTS, PDF = frozenset({"docx", "pptx", "xlsx"}), frozenset({"txt", "md", "yml", "yaml"}), "pdf"
KINDS = tuple(sorted({*ZIPPED, *TEXTS, PDF}))
_WITH_MACROS = frozenset({"docm", "dotm", "pptm", "potm", "xlsm", "xlsb", "xltm"})
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # old Office files, and new ones behind a password
_PDF_MAGIC, _PDF_MAGIC_WITHIN = b"%PDF-", 1024


class UnreadableFile(Exception):
    """The file is refused; `reason` is a key of `knowledge/own/reasons.yml`, which holds the sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def plain_name(name: str) -> str:
    """The file's own name: no folders in any notation, no control characters, at most 80 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(". ")
    if len(kept) <= MAX_NAME:
        return kept or "file"
    stem, dot, suffix = kept.rpartition(".")
    return stem[: MAX_NAME - len(dot + suffix)] + dot + suffix if dot else kept[:MAX_NAME]


def kind_of(name: str, content: bytes) -> str:
    """One of `KINDS`, by name and content.

    Raises:
        UnreadableFile: too_big, empty, unknown_kind, macros, encrypted, bomb or broken.
    """
    suffix = plain_name(name).rpartition(".")[2].lower()
    if len(content) > MAX_BYTES:
        raise UnreadableFile("too_big")
    if not content.strip():
        raise UnreadableFile("empty")
    if suffix in _WITH_MACROS:
        raise UnreadableFile("macros")
    if suffix not in KINDS:
        raise UnreadableFile("unknown_kind")
    if suffix in ZIPPED:
        _check_archive(content)
    elif suffix == PDF and _PDF_MAGIC not in content[:_PDF_MAGIC_WITHIN]:
        raise UnreadableFile("broken")
    return suffix


def _check_archive(content: bytes) -> None:
    """Only the list of parts is read here; nothing is unpacked."""
    if content.startswith(_OLE_MAGIC):
        raise UnreadableFile("encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableFile("broken") from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFile("bomb")
    if any(part.file_size > LARGE_PART_BYTES and part.file_size > MAX_RATIO * part.compress_size for part in parts):
        raise UnreadableFile("bomb")
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile("encrypted")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise UnreadableFile("macros")
