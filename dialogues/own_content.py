"""This process's use of a company's own table: what is published is joined to the product's knowledge and used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dialogues.search import search_in
from dialogues.training import model_path, train
from knowledge import current
from knowledge.current import Own
from knowledge.own.table.cells import Row
from knowledge.own.table.joining import Joined, join
from nlu.check import DATA, sentences
from store import own_tables
from store.database import database

# The revision of what is in use in this process, nothing at first.
_used = [""]


def refresh() -> None:
    """Use what is published; next to nothing where that is in use already, so it is called at every turn."""
    revision = own_tables.revision(database())
    if revision != _used[0]:
        published = own_tables.published(database())
        current.use(own_of(published) if published else None)
        _used[0] = revision


def in_use() -> str:
    """The revision of what this process uses; empty where there is only the product's own."""
    return _used[0]


def model() -> Path:
    """Where the model for what this process uses is, or will be."""
    own = current.own()
    return model_path(own.lessons) if own else model_path()


def loadable_model() -> Path:
    """The model to begin with: the one for what is published where it is there, else the product's, made if needed."""
    refresh()
    wanted = model()
    return wanted if wanted.exists() else train()


def own_of(table_id: int) -> Own | None:
    """The product's knowledge with a version in it; None where the product no longer fits that version."""
    table = own_tables.table_of(database(), table_id)
    if table is None:
        return None
    return joined(table.name, rows_of(own_tables.rows_of(database(), table_id))).own


def joined(name: str, rows: Sequence[Row]) -> Joined:
    """A table joined to the product's knowledge, with its faults; half a second the first time."""
    return _joined(name, tuple((row.sheet, row.number, tuple(row.cells.items())) for row in rows))


@lru_cache(maxsize=4)
def _joined(name: str, rows: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]) -> Joined:
    return join([Row(sheet, number, dict(cells)) for sheet, number, cells in rows], name, _taken())


@lru_cache(maxsize=1)
def _taken() -> dict[str, str]:
    """Sentences of customers that the understanding has learnt, with their intent."""
    return {sentence.text: sentence.base for sentence in sentences(DATA)}


def warm(own: Own) -> None:
    """Make what the first question would otherwise wait for; seconds, so call it in a thread."""
    search_in(own.knowledge)


def rows_of(kept: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Rows as the store keeps them."""
    return [Row(row["sheet"], row["number"], row["cells"]) for row in kept]
