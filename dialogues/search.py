"""This process's search index over the product's knowledge."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from knowledge.loader import knowledge
from knowledge.models import Knowledge
from knowledge.search import Search

# Beside the models: made from the data like them, and as well left out of the repository.
CACHE = Path(__file__).resolve().parent.parent / "models"


def search() -> Search:
    """The index over what the coach knows now, made at the first call."""
    return search_in(knowledge())


@lru_cache(maxsize=3)
def search_in(known: Knowledge) -> Search:
    """The index over some knowledge: the product's, the one in use, the one that a company tries."""
    return Search(known, CACHE)


def warm_up() -> None:
    """Ask a first question, so that encoder, segmenter and sounds are loaded before somebody waits for them."""
    card = next(iter(knowledge().cards.values()))
    search().find(card.asks[0])
