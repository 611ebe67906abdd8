"""Lines with headings → passages that fit a phone screen and can be found one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

# What people read of one passage without scrolling; a longer paragraph is cut at the end of a sentence.
PASSAGE_CHARACTERS = 300
MAX_PASSAGES = 2_000
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])")
_SPACES = re.compile(r"[ \t\u3000]+")


@dataclass(frozen=True)
class Passage:
    """A piece of a file; `heading` may be empty, `text` holds at most 300 characters."""

    heading: str
    text: str


def passages(blocks: Iterable[tuple[str, str]]) -> list[Passage]:
    """Neighbouring lines under one heading joined as long as they fit; empty lines dropped; at most 2,000."""
    found: list[Passage] = []
    for heading, group in groupby(blocks, key=lambda block: block[0]):
        pieces = (piece for _, text in group for piece in _pieces(text))
        found += [Passage(_SPACES.sub(" ", heading).strip(), text) for text in _joined(pieces)]
    return found[:MAX_PASSAGES]


def _pieces(text: str) -> Iterator[str]:
    """Lines, and of a long line its sentences; a sentence too long for a passage is cut hard."""
    for line in text.splitlines():
        line = _SPACES.sub(" ", line).strip()
        for sentence in [line] if len(line) <= PASSAGE_CHARACTERS else _SENTENCE_END.split(line):
            yield from (sentence[i : i + PASSAGE_CHARACTERS] for i in range(0, len(sentence), PASSAGE_CHARACTERS))


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    text = ""
    for piece in pieces:
        if text and len(text) + 1 + len(piece) > PASSAGE_CHARACTERS:
            yield text
            text = ""
        text = f"{text}\n{piece}" if text else piece
    if text:
        yield text
