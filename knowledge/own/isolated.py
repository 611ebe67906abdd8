"""Reads a file in a process of its own, with limits, so that no file can hang or fill up the coach."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from knowledge.own.files import UnreadableFile, kind_of
from knowledge.own.passages import Passage
from knowledge.own.table.cells import Row

ROOT = Path(__file__).resolve().parents[2]
# A file of 20 MB takes a few seconds; beyond this it is no text for people.
TIMEOUT_S = 40


@dataclass(frozen=True)
class Content:
    """What a file holds: the rows of a company's table, or passages of text; one of the two is empty."""

    rows: tuple[Row, ...]
    passages: tuple[Passage, ...]


def read_content(name: str, content: bytes) -> Content:
    """What a file holds; takes up to 40 s and blocks, so call it in a thread.

    Raises:
        UnreadableFile: The file cannot be used; `reason` tells why.
    """
    kind = kind_of(name, content)
    command = [sys.executable, "-m", "knowledge.own", kind]
    try:
        done = subprocess.run(command, input=content, capture_output=True, cwd=ROOT, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableFile("too_slow") from None
    if done.returncode:
        raise UnreadableFile("too_slow" if done.returncode < 0 else "broken")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return Content(
        tuple(Row(**row) for row in answer.get("rows", ())),
        tuple(Passage(**passage) for passage in answer.get("passages", ())),
    )


def read_file(name: str, content: bytes) -> list[Passage]:
    """Passages of a file; blocks and raises as `read_content`."""
    return list(read_content(name, content).passages)
