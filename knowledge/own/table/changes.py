"""What a table changes in the coach's answers: counted, with the words before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.advice import Advice, advise
from knowledge.models import Knowledge
from knowledge.wording import fill


@dataclass(frozen=True)
class Change:
    """An answer that will be another: what is asked, the answer's opening words before and after."""

    asked: str
    before: str
    after: str


def advice_changes(before: Knowledge, after: Knowledge) -> Iterator[Change]:
    """Objections that both know and whose first advice differs, for everybody or for a style of customer."""
    for name, objection in after.objections.items():
        if name not in before.objections:
            continue
        for style in (None, *after.styles):
            old, new = advise(before, name, style), advise(after, name, style)
            if _words(old, before) != _words(new, after):
                title = f"{objection.title} · {after.styles[style].title}" if style else objection.title
                yield Change(title, _words(old, before), _words(new, after))


def _words(advice: Advice, known: Knowledge) -> str:
    return f"{advice.technique.name}：{fill(advice.words.say, known)}"
