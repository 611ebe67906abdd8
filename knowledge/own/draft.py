"""Passages of a file → rows for the store; the one way for the chat and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.own.index import meanings
from knowledge.own.passages import Passage

Row = tuple[str, str, bytes]


def rows_of(passages: Sequence[Passage]) -> list[Row]:
    """(heading, text, meaning) of every passage; takes seconds and blocks, so call it in a thread."""
    vectors = meanings([f"{passage.heading}\n{passage.text}" for passage in passages])
    return [
        (passage.heading, passage.text, vector.tobytes()) for passage, vector in zip(passages, vectors, strict=True)
    ]
