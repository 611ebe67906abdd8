"""What to say to an objection: which technique, with which words, for which customer; pure."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.models import Knowledge, Objection, StyleUse, Technique, TechniqueUse


@dataclass(frozen=True)
class Advice:
    """One screen of advice; `rank` counts from 0 to `count` - 1 through the techniques of this objection."""

    objection: Objection
    technique: Technique
    words: TechniqueUse | StyleUse
    style: str | None
    rank: int
    count: int


def advise(known: Knowledge, objection_id: str, style: str | None = None, rank: int = 0) -> Advice:
    """The technique number `rank` for an objection; past the last it starts again.

    With a style, the words fitted to that style come first, then the objection's techniques in the order in which
    they suit the style (the trainer's order within each group).

    Raises:
        KeyError: The objection is unknown.
    """
    objection = known.objections[objection_id]
    if style is None:
        uses: list[TechniqueUse | StyleUse] = list(objection.techniques)
    else:
        fitted = known.style_words[objection_id][style]
        others = [use for use in objection.techniques if use.id != fitted.technique]
        uses = [fitted, *sorted(others, key=lambda use: _suitability(known.techniques[use.id], style))]
    rank %= len(uses)
    words = uses[rank]
    technique_id = words.technique if isinstance(words, StyleUse) else words.id
    return Advice(objection, known.techniques[technique_id], words, style, rank, len(uses))


def _suitability(technique: Technique, style: str) -> int:
    """0 suits, 1 neutral, 2 does not suit."""
    return 0 if style in technique.suits else 2 if style in technique.unsuited else 1
