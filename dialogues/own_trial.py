"""A company's table tried before it is published: what is wrong, or what it would change in the coach's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dialogues import own_content
from dialogues.search import search_in
from knowledge.current import Own
from knowledge.documents import documents
from knowledge.loader import knowledge
from knowledge.models import Knowledge
from knowledge.own.table.cells import Row
from knowledge.own.table.changes import Change, advice_changes
from knowledge.own.table.faults import Fault

# A new technique can only answer questions that come near to it in meaning: so many of the nearest are asked.
QUESTIONS_TRIED = 40
CHANGES_KEPT = 30


@dataclass(frozen=True)
class Trial:
    """What came out: `faults`, or else a `summary` as the store keeps it."""

    faults: tuple[Fault, ...]
    summary: dict[str, Any]


def trial(name: str, rows: Sequence[Row]) -> Trial:
    """Try a table against what the coach answers now; takes some seconds and blocks, so call it in a thread."""
    found = own_content.joined(name, rows)
    if found.own is None:
        return Trial(found.faults, {})
    own_content.warm(found.own)
    now = knowledge()
    changes = [*advice_changes(now, found.own.knowledge), *_question_changes(now, found.own.knowledge)]
    return Trial((), _summary(rows, found.own, changes))


def _summary(rows: Sequence[Row], own: Own, changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "rows": dict(Counter(row.sheet for row in rows)),
        "lines": sum(map(len, own.lessons.values())),
        "changed": len(changes),
        "changes": [[change.asked, change.before, change.after] for change in changes[:CHANGES_KEPT]],
    }


def _question_changes(before: Knowledge, after: Knowledge) -> Iterator[Change]:
    """Questions of the cards that would get another first hit."""
    old, new = search_in(before), search_in(after)
    known = set(documents(before))
    added = [text for document in documents(after) if document not in known for text in document.phrasings]
    for question in old.nearest(added, QUESTIONS_TRIED):
        [was, *_], [becomes, *_] = old.find(question, limit=1), new.find(question, limit=1)
        if (was.kind, was.id) != (becomes.kind, becomes.id):
            yield Change(question, _title(was.kind, was.id, before), _title(becomes.kind, becomes.id, after))


def _title(kind: str, name: str, known: Knowledge) -> str:
    if kind == "technique":
        return known.techniques[name].name
    items: dict[str, Any] = {"card": known.cards, "objection": known.objections, "style": known.styles}
    found = items.get(kind, known.signals).get(name)
    return str(found.title) if found else name
