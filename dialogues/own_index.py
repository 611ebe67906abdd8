"""This process's index over the company's own passages, made anew when somebody publishes or removes a file."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from knowledge.own.index import OwnIndex
from store import own_material
from store.database import database
from store.own_material import OwnPassage

# Chosen on the files of tests/conversations/own_material: a question on one of them scores above, others below.
ENOUGH = 0.45


def own_passage(question: str) -> OwnPassage | None:
    """The published passage that answers a question, if one fits well enough."""
    passages, index = _index(own_material.revision(database()))
    match = index.best(question)
    return passages[match.place] if match and match.score >= ENOUGH else None


@lru_cache(maxsize=1)
def _index(revision: str) -> tuple[list[OwnPassage], OwnIndex]:
    passages = own_material.passages(database()) if revision else []
    vectors = np.array([np.frombuffer(p.meaning, dtype=np.float16) for p in passages], dtype=np.float16)
    return passages, OwnIndex([f"{p.heading}\n{p.text}" for p in passages], vectors)
