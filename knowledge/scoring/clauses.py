"""An answer cut into clauses: the smallest pieces that can be shown as evidence."""

from __future__ import annotations

import re

# Spaces and emoji end a clause too: many reps type no other marks.
_ENDS = re.compile(r"(?<=[。！？；!?;…，,、～~\s\u2600-\u27bf\U0001f300-\U0001faff])")
_SHORT = 5
_LONG = 24
_BREATH = 16


def clauses(text: str) -> list[str]:
    """The clauses of a text, in order; a very short one joins its neighbour, a run without marks is cut by length."""
    joined: list[str] = []
    for piece in filter(None, (part.strip() for part in _ENDS.split(text))):
        if joined and (len(piece) < _SHORT or len(joined[-1]) < _SHORT):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [part for piece in joined for part in _cut(piece)]


def _cut(piece: str) -> list[str]:
    """Dictated text has no marks: pieces of a breath's length."""
    if len(piece) <= _LONG:
        return [piece]
    return [piece[start : start + _BREATH] for start in range(0, len(piece), _BREATH)]
