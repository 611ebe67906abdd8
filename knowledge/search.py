"""Finds knowledge by what a rep asks: full text over jieba-cut words, joined with sentence vectors."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from knowledge.language import normalise, sentence_vectors, words
from knowledge.models import Knowledge

# Weight of meaning against words; both lie between 0 and 1. Chosen on questions written for tests/knowledge.
MEANING = 0.55


@dataclass(frozen=True)
class Hit:
    """One piece of knowledge: `kind` is card, technique, objection, style or signal; `score` 0 to 1, best first."""

    kind: str
    id: str
    label: str
    score: float


@dataclass(frozen=True)
class _Entry:
    kind: str
    id: str
    label: str
    text: str  # one phrasing or passage
    is_question: bool


class Search:
    """An index in memory over all knowledge; made once a process."""

    def __init__(self, known: Knowledge, vector_cache: Path | None = None) -> None:
        """Index `known`.

        Args:
            known: Everything to be found.
            vector_cache: A file that keeps sentence vectors between starts; without it they take some seconds.
        """
        self._entries = list(_entries(known))
        texts = [normalise(entry.text) for entry in self._entries]
        self._vectors = _cached_vectors(texts, vector_cache) if vector_cache else sentence_vectors(texts)
        self._database = sqlite_utils.Database(memory=True)
        table = self._database.table("passages")
        table.insert_all(({"id": i, "words": " ".join(words(text))} for i, text in enumerate(texts)), pk="id")
        table.enable_fts(["words"], tokenize="unicode61")

    def find(self, query: str, limit: int = 3, only: Callable[[Hit], bool] | None = None) -> list[Hit]:
        """Best hits for a question in any form, one per piece of knowledge.

        Args:
            query: As the rep typed it.
            limit: Most hits returned.
            only: Keeps hits of one kind or label.
        """
        text = normalise(query)
        if not text:
            return []
        scores = MEANING * self._by_meaning(text) + (1 - MEANING) * self._by_words(text)
        best: dict[tuple[str, str], Hit] = {}
        for i in np.argsort(-scores):
            entry = self._entries[i]
            hit = Hit(entry.kind, entry.id, entry.label, float(scores[i]))
            if (entry.kind, entry.id) in best or (only and not only(hit)):
                continue
            best[entry.kind, entry.id] = hit
            if len(best) == limit:
                break
        return list(best.values())

    def _by_meaning(self, text: str) -> NDArray[np.float32]:
        return np.asarray(np.clip(self._vectors @ sentence_vectors([text])[0], 0.0, 1.0), dtype=np.float32)

    def _by_words(self, text: str) -> NDArray[np.float32]:
        """Share of the query's words, weighed by rarity, that each passage holds."""
        scores = np.zeros(len(self._entries), dtype=np.float32)
        terms = set(words(text))
        total = 0.0
        for term in terms:
            rows = [row["rowid"] for row in self._matches(term)]
            rarity = float(np.log1p(len(self._entries) / (1 + len(rows))))
            total += rarity
            if rows:
                scores[np.array(rows)] += rarity
        return np.asarray(scores / total, dtype=np.float32) if total else scores

    def _matches(self, term: str) -> Iterable[dict[str, int]]:
        sql = "select rowid from passages_fts where passages_fts match ?"
        return self._database.query(sql, ['"' + term.replace('"', '""') + '"'])


def _cached_vectors(texts: list[str], cache: Path) -> NDArray[np.float32]:
    """Vectors of `texts`, from the file where it was made for the same texts, else computed and written to it."""
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if cache.exists():
        with np.load(cache) as stored:
            if str(stored["key"]) == key:
                return np.asarray(stored["vectors"])
    vectors = sentence_vectors(texts)
    cache.parent.mkdir(parents=True, exist_ok=True)
    unfinished = cache.with_suffix(f".{os.getpid()}.npz")
    np.savez(unfinished, key=key, vectors=vectors)
    unfinished.replace(cache)
    return vectors


def _entries(known: Knowledge) -> Iterable[_Entry]:
    for card in known.cards.values():
        for ask in (card.title, *card.asks):
            yield _Entry("card", card.id, card.label, ask, True)
        yield _Entry("card", card.id, card.label, card.short, False)
        for page in card.more:
            yield _Entry("card", card.id, card.label, page, False)
    for technique in known.techniques.values():
        for name in (technique.name, *technique.aliases):
            yield _Entry("technique", technique.id, "ask_technique", f"{name}怎么用", True)
        yield _Entry("technique", technique.id, "ask_technique", technique.idea, False)
    for objection in known.objections.values():
        yield _Entry("objection", objection.id, objection.id, objection.title, True)
        yield _Entry("objection", objection.id, objection.id, objection.behind, False)
    for style in known.styles.values():
        for name in style.aliases:
            yield _Entry("style", style.id, "ask_customer_type", f"{name}客户怎么应对", True)
        for line in style.recognise:
            yield _Entry("style", style.id, "ask_customer_type", line, False)
    for signal in known.signals.values():
        for line in (signal.title, *signal.looks_like):
            yield _Entry("signal", signal.id, "report_signal", line, True)
