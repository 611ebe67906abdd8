"""Faults of data files: what is told of each, and the kinds that several files share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.models import Knowledge


@dataclass(frozen=True)
class Problem:
    """One fault in a data file and how to mend it."""

    file: str
    item: str
    found: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.found}; {self.fix}"


class KnowledgeError(Exception):
    """The knowledge data cannot be used; `problems` lists every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def unknown_sources(file: str, item: str, rows: Iterable[str], known: Knowledge) -> Iterator[Problem]:
    """A problem for every cited row that `known` does not hold."""
    for row in rows:
        if row not in known.sources:
            yield Problem(file, item, f"source '{row}' does not exist", "use a row id of knowledge/sources.yml")


class UniqueNames:
    """Ids (or titles) of several files, each of which may stand once."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    def repeated(self, file: str, item: str, name: str) -> Iterator[Problem]:
        """A problem if `name` was given before; it is remembered either way."""
        if name in self._files:
            yield Problem(file, item, f"'{name}' is used in {self._files[name]} too", "give it its own")
        self._files[name] = file
