"""Finds what a cell names: an objection, technique or style, the product's or one that the table itself brings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process

from knowledge.models import Knowledge
from knowledge.own.table.cells import Row

# Ids that are made from what people write; no id of the product begins like this.
OWN_PREFIX = "own_"
NEAR = 3


@dataclass(frozen=True)
class Names:
    """Ids by title or name; `own_objections` are the rows of objections that are none of the product's, by id."""

    objections: Mapping[str, str]
    techniques: Mapping[str, str]
    styles: Mapping[str, str]
    style_titles: tuple[str, ...]
    own_objections: Mapping[str, Row]

    def find(self, kind: str, name: str) -> str | None:
        """The id behind a name; `kind` is objection, technique or style."""
        ids: Mapping[str, str] = getattr(self, f"{kind}s")
        return ids.get(_plain(name))

    def near(self, kind: str, name: str) -> str:
        """Names that look alike, best first."""
        return "、".join(match for match, _, _ in process.extract(name, list(getattr(self, f"{kind}s")), limit=NEAR))


def own_id(*parts: str) -> str:
    """An id that stays the same as long as the words do."""
    return OWN_PREFIX + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def names_in(rows: Iterable[Row], known: Knowledge, titles: Mapping[str, str]) -> Names:
    """All names that the product and the table know; `titles` are those of the naming columns by sheet."""
    objections = {_plain(one.title): one.id for one in known.objections.values()}
    techniques = {_plain(name): one.id for one in known.techniques.values() for name in (*one.aliases, one.name)}
    styles = {_plain(name): one.id for one in known.styles.values() for name in (*one.aliases, one.title)}
    new: dict[str, Row] = {}
    for row in rows:
        name = row.cells.get(titles.get(row.sheet, ""), "")
        if row.sheet == "objections" and name and _plain(name) not in objections:
            new.setdefault(own_id("objection", name), row)
        if row.sheet == "techniques" and name:
            techniques.setdefault(_plain(name), own_id("technique", name))
    objections |= {_plain(row.cells[titles["objections"]]): name for name, row in new.items()}
    return Names(objections, techniques, styles, tuple(one.title for one in known.styles.values()), new)


def _plain(name: str) -> str:
    return name.strip().strip('「」“”"').lower()
