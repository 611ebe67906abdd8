"""Finds what a message names: styles, techniques, roles, industries, products, competitors, amounts, times; no Rasa.

spaCy's Chinese pipeline with one token a character, so that a name is found wherever it stands, without depending on
how a sentence is cut into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from knowledge.loader import knowledge, read_yaml

FOLDER = Path(__file__).parent / "entities"

_NUMBER = {"TEXT": {"REGEX": r"^[\d.,一二两三四五六七八九十百千万亿半几]+$"}, "OP": "+"}
# What follows a number and makes it an amount, a share or a time; measure words, no sales content.
_UNITS = {
    "amount": ["元", "块", "万", "千", "百", "w", "W", "k", "K", "欧", "亿"],
    "percentage": ["%", "％", "折", "成"],
    "time": ["天", "周", "年", "号", "日", "点", "个月", "月", "小时", "星期"],
}
_PERCENTAGE_PREFIX = "百分之"


@dataclass(frozen=True)
class Entity:
    """A piece of the text: `value` is the canonical form, `start` and `end` are character offsets."""

    type: str
    value: str
    text: str
    start: int
    end: int


class EntityFinder:
    """Built once from `nlu/entities/*.yml` and the names in the knowledge; about a millisecond a text."""

    def __init__(self) -> None:
        self._pipeline = _pipeline(_patterns())

    def find(self, text: str) -> list[Entity]:
        """Entities of a normalised text, in order, longest first where they overlap."""
        document = self._pipeline(text)
        return [
            Entity(span.label_, span.ent_id_ or span.text, span.text, span.start_char, span.end_char)
            for span in document.ents
        ]


def _pipeline(patterns: list[dict[str, Any]]) -> Language:
    pipeline = spacy.blank("zh")  # segments by character
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return pipeline


def _patterns() -> list[dict[str, Any]]:
    """Patterns in the entity ruler's form: names from data, numbers with units from token patterns."""
    patterns: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.yml")):
        for value, names in read_yaml(path).items():
            patterns += [{"label": path.stem, "pattern": name, "id": value} for name in names]
    for style in knowledge().styles.values():
        for name in {*style.aliases, *(name.name for name in style.names)}:
            patterns.append({"label": "style", "pattern": name, "id": style.id})
    for technique in knowledge().techniques.values():
        for name in (technique.name, *technique.aliases):
            patterns.append({"label": "technique", "pattern": name, "id": technique.id})
    for objection in knowledge().objections.values():
        patterns.append({"label": "named_objection", "pattern": objection.title, "id": objection.id})
    for label, units in _UNITS.items():
        for unit in units:
            patterns.append({"label": label, "pattern": [_NUMBER, *({"LOWER": c.lower()} for c in unit)]})
    patterns.append({"label": "percentage", "pattern": [*({"TEXT": c} for c in _PERCENTAGE_PREFIX), _NUMBER]})
    return patterns
