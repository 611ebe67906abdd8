"""This process's search index over the product's knowledge."""

from __future__ import annotations

from functools import lru_cache

from knowledge.loader import knowledge
from knowledge.search import Search


@lru_cache(maxsize=1)
def search() -> Search:
    """The index, made at the first call."""
    return Search(knowledge())
