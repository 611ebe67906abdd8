"""Words that are commands in the middle of a drill when they are typed alone."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.language import normalise
from knowledge.loader import read_yaml

FILE = Path(__file__).parent.parent / "practice_commands.yml"
_MARKS = re.compile(r"[\s，。！？、~～.!?…]")


@lru_cache(maxsize=1)
def _commands() -> dict[str, str]:
    return {word: name for name, words in read_yaml(FILE).items() for word in words}


def command(text: str) -> str | None:
    """Which command a text is (`hint`, `retry`, `pause`, `stop`, `other`); None for an answer to the customer."""
    return _commands().get(_MARKS.sub("", normalise(text)))
