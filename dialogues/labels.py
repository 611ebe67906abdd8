"""The words of `labels.yml`: titles of buttons and small parts of replies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "labels.yml"


@lru_cache(maxsize=1)
def all_labels() -> dict[str, str | dict[str, str]]:
    """Everything in the file, read once a process: words by name, and groups of words by id."""
    content: dict[str, str | dict[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def label(name: str, /, **values: str | int) -> str:
    """The words of that name with their open places filled."""
    words = all_labels()[name]
    assert isinstance(words, str)
    return words.format(**values) if values else words


def labels(group: str) -> Mapping[str, str]:
    """The words of a group by id."""
    words = all_labels()[group]
    assert isinstance(words, dict)
    return words
