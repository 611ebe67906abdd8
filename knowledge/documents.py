"""What can be searched: every piece of knowledge with the ways in which it is asked for and the pages that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.models import Knowledge

# The kind of a subject that the material does not hold; a question that is nearest to one is declined.
OUTSIDE = "outside"


@dataclass(frozen=True)
class Document:
    """One piece of knowledge: `phrasings` are titles, names and questions, `pages` what is shown, in order."""

    kind: str
    id: str
    label: str
    title: str
    phrasings: tuple[str, ...]
    pages: tuple[str, ...]


def documents(known: Knowledge) -> Iterator[Document]:
    """All cards, techniques, objections, styles and signals, and the subjects that are in none of them."""
    for card in known.cards.values():
        yield Document(
            "card", card.id, card.label, card.title, (card.title, *card.asks, *card.also), (card.short, *card.more)
        )
    for technique in known.techniques.values():
        names = (technique.name, *technique.aliases)
        text = "\n".join((technique.idea, technique.why, *technique.steps))
        yield Document("technique", technique.id, "ask_technique", "\n".join(names), names, (text,))
    for objection in known.objections.values():
        text = "\n".join((objection.behind, *objection.causes))
        pages = (text, objection.material)
        yield Document("objection", objection.id, objection.id, objection.title, (objection.title,), pages)
    for style in known.styles.values():
        names = (style.title, *(name.name for name in style.names), *style.aliases)
        text = "\n".join((*style.recognise, style.wants))
        yield Document("style", style.id, "ask_customer_type", " ".join(names), names, (text,))
    for signal in known.signals.values():
        looks = (signal.title, *signal.looks_like)
        yield Document("signal", signal.id, "report_signal", signal.title, looks, (signal.means,))
    for subject, questions in known.outside.items():
        yield Document(OUTSIDE, subject, "out_of_scope", questions[0], questions, questions)
