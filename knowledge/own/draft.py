"""A file → rows for the store; the one way for the chat and the command line."""

from __future__ import annotations

from knowledge.own.index import meanings
from knowledge.own.isolated import read_file

Row = tuple[str, str, bytes]


def rows_of(name: str, content: bytes) -> list[Row]:
    """(heading, text, meaning) of every passage of a file; takes seconds and blocks, so call it in a thread.

    Raises:
        UnreadableFile: The file cannot be used; `reason` tells why.
    """
    passages = read_file(name, content)
    vectors = meanings([f"{passage.heading}\n{passage.text}" for passage in passages])
    return [
        (passage.heading, passage.text, vector.tobytes()) for passage, vector in zip(passages, vectors, strict=True)
    ]
