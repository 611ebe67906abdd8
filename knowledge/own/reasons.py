"""Why a file is refused, in words for people."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.own.files import UnreadableFile


@lru_cache(maxsize=1)
def reasons() -> dict[str, str]:
    """Sentence for every reason of `UnreadableFile`."""
    found: dict[str, str] = yaml.safe_load((Path(__file__).parent / "reasons.yml").read_text(encoding="utf-8"))
    return found


def sentence(error: UnreadableFile) -> str:
    """What to tell the person who brought the file."""
    return reasons()[error.reason]
