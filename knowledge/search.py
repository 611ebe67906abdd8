"""Finds knowledge by what a rep asks: full text joined with sentence vectors and sounds.

Words alone miss a question put in other words, vectors alone miss names and numbers, and a typo breaks both but
sounds the same. `docs/performance.md` holds what each finds alone and what they find together.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from knowledge.documents import documents
from knowledge.language import normalise, sentence_vectors, words
from knowledge.likeness import Likeness, rarity, sounds
from knowledge.models import Knowledge
from knowledge.vectors import vectors

# A word in a title or question counts this much more than one in the text.
TITLE_WEIGHT, ASKS_WEIGHT, TEXT_WEIGHT = 1.5, 1.5, 1.0
# Parts of a score: words shared with all of a document, meaning of its likest phrasing and of its likest page, sound
# of its likest phrasing. Chosen on the questions of tests/knowledge/questions/; a tenth more or less changes little.
WORDS, MEANING, PAGES, SOUND = 0.42, 0.28, 0.16, 0.14
# A question asked nearly as a card says it is that card's: this much for the same words, less and less for others.
SAME, STEEPNESS = 0.2, 4
# FTS5's own constant k1: how much of a term's weight a document can reach at most is (k1 + 1).
_K1 = 1.2
# Questions whose scores are kept: one turn asks several times for hits of different kinds.
_QUESTIONS_KEPT = 2
_NOT_A_CHARACTER = re.compile(r"[\W_]+")

_Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Hit:
    """One piece of knowledge: `kind` is card, technique, objection, style or signal; `label` the intent that it
    answers; `score` 0 to 1, how well it fits the question."""

    kind: str
    id: str
    label: str
    score: float


class Search:
    """An index in memory over all knowledge, made once a process.

    Args:
        known: What is searched.
        cache: A folder that keeps the sentence vectors from start to start.
    """

    def __init__(self, known: Knowledge, cache: Path | None = None) -> None:
        self._documents = list(documents(known))
        self._fill_table()
        phrasings = [(number, line) for number, d in enumerate(self._documents) for line in d.phrasings]
        pages = [(number, page) for number, d in enumerate(self._documents) for page in d.pages]
        self._phrasing_starts = _starts([number for number, _ in phrasings])
        self._phrasings = [line for _, line in phrasings]
        self._page_starts = _starts([number for number, _ in pages])
        self._sounds = Likeness([sounds(line) for _, line in phrasings], [number for number, _ in phrasings])
        meanings = vectors([text for _, text in (*phrasings, *pages)], cache)
        self._phrasing_vectors, self._page_vectors = meanings[: len(phrasings)], meanings[len(phrasings) :]
        self._scores = lru_cache(_QUESTIONS_KEPT)(self._score)

    def find(self, query: str, limit: int = 3, only: Callable[[Hit], bool] | None = None) -> list[Hit]:
        """Best hits for a question in any form, best first; [] for one without any word.

        Args:
            query: As the rep typed it.
            limit: Most hits returned.
            only: Keeps hits of one kind or label.
        """
        scores = self._scores(query)
        if scores is None:
            return []
        hits = (
            Hit(d.kind, d.id, d.label, float(scores[number]))
            for number in np.argsort(-scores, kind="stable")
            for d in (self._documents[number],)
        )
        return list(islice((hit for hit in hits if only is None or only(hit)), limit))

    def nearest(self, texts: Sequence[str], limit: int) -> list[str]:
        """Of all phrasings those that come nearest in meaning to any of these texts, nearest first."""
        if not texts:
            return []
        near = self._phrasing_vectors @ sentence_vectors([normalise(text) for text in texts]).T
        return [self._phrasings[place] for place in np.argsort(-near.max(axis=1), kind="stable")[:limit]]

    def _score(self, query: str) -> _Scores | None:
        """How well each document fits, 0 to 1; None for a question without any word."""
        asked = set(terms(query))
        if not asked:
            return None
        meaning = sentence_vectors([normalise(query)])[0]
        sound = np.maximum.reduceat(self._sounds.to(sounds(query)), self._phrasing_starts)
        score = (
            WORDS * self._shared_words(asked)
            + MEANING * np.maximum.reduceat(self._phrasing_vectors @ meaning, self._phrasing_starts)
            + PAGES * np.maximum.reduceat(self._page_vectors @ meaning, self._page_starts)
            + SOUND * sound
            + SAME * sound**STEEPNESS
        )
        return np.clip(score, 0, 1)

    def _fill_table(self) -> None:
        # A company's table is tried in a thread of its own; the lock keeps two questions apart.
        self._database = sqlite_utils.Database(sqlite3.connect(":memory:", check_same_thread=False))
        self._lock = Lock()
        fields = (
            {"id": i, "title": d.title, "asks": "\n".join(d.phrasings[1:]), "text": "\n".join(d.pages)}
            for i, d in enumerate(self._documents)
        )
        table = self._database.table("passages")
        table.insert_all(
            ({key: " ".join(terms(v)) if isinstance(v, str) else v for key, v in row.items()} for row in fields),
            pk="id",
        )
        table.enable_fts(["title", "asks", "text"], tokenize="unicode61")
        self._database.execute("create virtual table temp.vocabulary using fts5vocab(main, passages_fts, row)")
        counts = self._database.query("select term, doc from temp.vocabulary")
        self._rarity = {row["term"]: rarity(len(self._documents), row["doc"]) for row in counts}

    def _shared_words(self, asked: set[str]) -> _Scores:
        """For each document, how much of the question's weight it holds, 0 to 1.

        A term that stands nowhere speaks against every document as much as one that stands once.
        """
        unknown = rarity(len(self._documents), 1)
        most = sum(self._rarity.get(term, unknown) for term in asked) * (_K1 + 1)
        shares = np.zeros(len(self._documents), dtype=np.float32)
        for row in self._matching(asked):
            shares[int(row["id"])] = min(1.0, row["weight"] / most)
        return shares

    def _matching(self, asked: set[str]) -> list[dict[str, float]]:
        sql = """select rowid as id, -bm25(passages_fts, :title, :asks, :text) as weight
                 from passages_fts where passages_fts match :query"""
        query = " OR ".join(f'"{term}"' for term in sorted(asked))
        weights = {"title": TITLE_WEIGHT, "asks": ASKS_WEIGHT, "text": TEXT_WEIGHT}
        with self._lock:
            return list(self._database.query(sql, {"query": query, **weights}))


def _starts(owners: list[int]) -> NDArray[np.int_]:
    """Where each document's own entries begin; owners stand in ascending order."""
    starts: NDArray[np.int_] = np.unique(owners, return_index=True)[1]
    return starts


def terms(text: str) -> list[str]:
    """Search terms of a text: jieba's words, single characters and pairs of neighbours, lower case."""
    plain = normalise(text)
    found = [_NOT_A_CHARACTER.sub("", word) for word in words(plain)]
    for run in _NOT_A_CHARACTER.split(plain.lower()):
        found += [run[i : i + 2] for i in range(len(run) - 1)] + list(run)
    return [term for term in found if term]
