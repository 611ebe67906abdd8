"""Finds knowledge by what a rep asks: SQLite full-text search over words and pairs of characters.

Words alone miss what jieba cuts differently in question and text; pairs of characters alone are noisy. A question is
held against the whole text of a card and against the questions that the card says it answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import sqlite_utils

from knowledge.language import normalise, words
from knowledge.models import Knowledge

# A word in a title or question counts this much more than one in the text.
TITLE_WEIGHT, ASKS_WEIGHT, TEXT_WEIGHT = 1.5, 1.5, 1.0
# Likeness to a document's own title or questions against the match with all of its text.
LIKENESS_WEIGHT = 0.5
# FTS5's own constant k1: how much of a term's weight a document can reach at most is (k1 + 1).
_K1 = 1.2
_NOT_A_CHARACTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Hit:
    """One piece of knowledge: `kind` is card, technique, objection, style or signal; `label` the intent that it
    answers; `score` 0 to 1, how much of the question it matches."""

    kind: str
    id: str
    label: str
    score: float


@dataclass(frozen=True)
class _Document:
    kind: str
    id: str
    label: str
    title: str
    asks: str
    text: str


class Search:
    """An index in memory over all knowledge; made once a process, in a fraction of a second."""

    def __init__(self, known: Knowledge) -> None:
        self._documents = list(_documents(known))
        self._database = sqlite_utils.Database(memory=True)
        rows = (
            {"id": i, **{name: " ".join(terms(getattr(d, name))) for name in ("title", "asks", "text")}}
            for i, d in enumerate(self._documents)
        )
        table = self._database.table("passages")
        table.insert_all(rows, pk="id")
        table.enable_fts(["title", "asks", "text"], tokenize="unicode61")
        self._database.execute("create virtual table temp.vocabulary using fts5vocab(main, passages_fts, row)")
        counts = self._database.query("select term, doc from temp.vocabulary")
        self._rarity = {row["term"]: _rarity(len(self._documents), row["doc"]) for row in counts}
        self._phrasings = [
            (i, set(terms(line)))
            for i, d in enumerate(self._documents)
            for line in (*d.title.splitlines(), *d.asks.splitlines())
        ]

    def find(self, query: str, limit: int = 3, only: Callable[[Hit], bool] | None = None) -> list[Hit]:
        """Best hits for a question in any form, best first.

        Args:
            query: As the rep typed it.
            limit: Most hits returned.
            only: Keeps hits of one kind or label.
        """
        asked = set(terms(query))
        most = self._weight(asked) * (_K1 + 1)
        if not most:
            return []
        likeness = self._likeness(asked)
        hits = []
        for row in self._matching(asked):
            number = int(row["id"])
            document = self._documents[number]
            share = min(1.0, row["weight"] / most)
            score = (1 - LIKENESS_WEIGHT) * share + LIKENESS_WEIGHT * likeness.get(number, 0.0)
            hits.append(Hit(document.kind, document.id, document.label, score))
        hits.sort(key=lambda hit: -hit.score)
        return [hit for hit in hits if only is None or only(hit)][:limit]

    def _likeness(self, asked: set[str]) -> dict[int, float]:
        """For each document, how like its title or the likest of its questions is, 0 to 1."""
        best: dict[int, float] = {}
        weight = self._weight(asked)
        for number, phrasing in self._phrasings:
            common = asked & phrasing
            if common:
                value = 2 * self._weight(common) / (weight + self._weight(phrasing))
                best[number] = max(value, best.get(number, 0.0))
        return best

    def _weight(self, some_terms: set[str]) -> float:
        """A term that stands nowhere speaks against every hit as much as one that stands once."""
        unknown = _rarity(len(self._documents), 1)
        return sum(self._rarity.get(term, unknown) for term in some_terms)

    def _matching(self, asked: set[str]) -> Iterable[dict[str, float]]:
        sql = """select rowid as id, -bm25(passages_fts, :title, :asks, :text) as weight
                 from passages_fts where passages_fts match :query order by weight desc"""
        query = " OR ".join(f'"{term}"' for term in sorted(asked))
        weights = {"title": TITLE_WEIGHT, "asks": ASKS_WEIGHT, "text": TEXT_WEIGHT}
        return self._database.query(sql, {"query": query, **weights})


def terms(text: str) -> list[str]:
    """Search terms of a text: jieba's words, single characters and pairs of neighbours, lower case."""
    plain = normalise(text)
    found = [_NOT_A_CHARACTER.sub("", word) for word in words(plain)]
    for run in _NOT_A_CHARACTER.split(plain.lower()):
        found += [run[i : i + 2] for i in range(len(run) - 1)] + list(run)
    return [term for term in found if term]


def _rarity(documents: int, holding: int) -> float:
    """Inverse document frequency as FTS5's bm25() computes it; never quite zero."""
    return max(math.log((documents - holding + 0.5) / (holding + 0.5)), 1e-6)


def _documents(known: Knowledge) -> Iterable[_Document]:
    for card in known.cards.values():
        text = "\n".join((card.short, *card.more))
        yield _Document("card", card.id, card.label, card.title, "\n".join(card.asks), text)
    for technique in known.techniques.values():
        names = "\n".join((technique.name, *technique.aliases))
        text = "\n".join((technique.idea, technique.why, *technique.steps))
        yield _Document("technique", technique.id, "ask_technique", names, "", text)
    for objection in known.objections.values():
        text = "\n".join((objection.behind, *objection.causes))
        yield _Document("objection", objection.id, objection.id, objection.title, "", text)
    for style in known.styles.values():
        names = " ".join((style.title, *(name.name for name in style.names), *style.aliases))
        text = "\n".join((*style.recognise, style.wants))
        yield _Document("style", style.id, "ask_customer_type", names, "", text)
    for signal in known.signals.values():
        yield _Document("signal", signal.id, "report_signal", signal.title, "\n".join(signal.looks_like), signal.means)
