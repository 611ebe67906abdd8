"""The process that reads one file: `python -m knowledge.own KIND`, content on standard input, JSON out.

Exit code 0 with {"passages": …} or {"refused": reason}; anything else means that the file broke its reader.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys

from knowledge.own.files import UnreadableFile
from knowledge.own.passages import passages
from knowledge.own.reading import read

MAX_MEMORY_BYTES = 1024**3
MAX_CPU_S = 30


def main() -> None:
    """Read, under limits that the kernel keeps."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    try:
        found = passages(read(sys.argv[1], sys.stdin.buffer.read()))
        answer = {"passages": [dataclasses.asdict(passage) for passage in found]} if found else {"refused": "empty"}
    except UnreadableFile as error:
        answer = {"refused": error.reason}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
