"""The process that reads one file: `python -m knowledge.own KIND`, content on standard input, JSON out.

Exit code 0 with {"rows": …} for a company's table, else {"passages": …} or {"refused": reason}; anything else means
that the file broke its reader.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
from typing import Any

from knowledge.own.files import UnreadableFile
from knowledge.own.passages import passages
from knowledge.own.reading import decoded, read
from knowledge.own.table.cells import YAML_KINDS, table_rows

MAX_MEMORY_BYTES = 1024**3
MAX_CPU_S = 30


def main() -> None:
    """Read, under limits that the kernel keeps."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    try:
        answer = _answer(sys.argv[1], sys.stdin.buffer.read())
    except UnreadableFile as error:
        answer = {"refused": error.reason}
    json.dump(answer, sys.stdout)


def _answer(kind: str, content: bytes) -> dict[str, Any]:
    rows = table_rows(kind, content, decoded(content) if kind in YAML_KINDS else "")
    if rows is not None:
        return {"rows": [dataclasses.asdict(row) for row in rows]} if rows else {"refused": "empty"}
    found = passages(read(kind, content))
    return {"passages": [dataclasses.asdict(passage) for passage in found]} if found else {"refused": "empty"}


if __name__ == "__main__":
    main()
