"""The values that travel out of the knowledge data; every text is Chinese and may hold open slots (`{brand}`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Style(str, Enum):
    """The five customer styles of the material's taxonomies."""

    ANALYTICAL = "analytical"
    DRIVER = "driver"
    EXPRESSIVE = "expressive"
    AMIABLE = "amiable"
    CONTRARIAN = "contrarian"


@dataclass(frozen=True)
class Source:
    """A passage of the training texts: `seed` is the text's number ("000"), `heading` what to cite."""

    id: str
    seed: str
    heading: str
    quote: str = ""


@dataclass(frozen=True)
class Technique:
    """One technique as a card of its own."""

    id: str
    name: str
    family: str
    objections: tuple[str, ...]
    idea: str
    why: str
    steps: tuple[str, ...]
    say: str
    avoid: str
    next: str
    suits: tuple[str, ...]
    unsuited: tuple[str, ...]
    risk: str
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    caution: str = ""


@dataclass(frozen=True)
class TechniqueUse:
    """A technique worded for one objection; `id` names the technique, `sources` are those of the words where they are
    not the technique's."""

    id: str
    why: str
    say: str
    avoid: str
    next: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Objection:
    """What a customer says against buying; `techniques` stand in the order in which they are offered.

    `material` tells what the texts say about it, as a page of its own. A company's own objection is `like` one of the
    product's, by whose rubric answers to it are scored.
    """

    id: str
    title: str
    behind: str
    causes: tuple[str, ...]
    ask_first: str
    material: str
    techniques: tuple[TechniqueUse, ...]
    sources: tuple[str, ...]
    caution: str = ""
    like: str = ""

    @property
    def scored_as(self) -> str:
        """The objection whose rubric fits."""
        return self.like or self.id


@dataclass(frozen=True)
class StyleUse:
    """Words for one objection fitted to one customer style; `sources` as in `TechniqueUse`."""

    customer_line: str
    technique: str
    why: str
    say: str
    avoid: str
    next: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class StyleName:
    """A name of a style in one of the texts."""

    name: str
    source: str


@dataclass(frozen=True)
class StyleGuide:
    """How to recognise and approach customers of one style."""

    id: str
    title: str
    names: tuple[StyleName, ...]
    aliases: tuple[str, ...]
    recognise: tuple[str, ...]
    wants: str
    talk: tuple[str, ...]
    prepare: tuple[str, ...]
    avoid: tuple[str, ...]
    opening: str
    sources: tuple[str, ...]
    note: str = ""
    caution: str = ""


@dataclass(frozen=True)
class Signal:
    """Something a customer does that hints at buying (`buying`), at progress (`progress`) or away (`negative`)."""

    id: str
    title: str
    kind: str
    looks_like: tuple[str, ...]
    means: str
    act: str
    say: str
    dont: str
    next: str
    sources: tuple[str, ...]
    caution: str = ""


@dataclass(frozen=True)
class Card:
    """Anything else from the material; `label` is the intent that it answers, or `search`.

    `asks` are questions that it answers, `also` the same in further words; search and understanding learn both.
    A card that is `lost` says that the texts no longer hold the thing: it is shown, and the question stays unanswered.
    """

    id: str
    topic: str
    label: str
    title: str
    short: str
    sources: tuple[str, ...]
    asks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    caution: str = ""
    lost: bool = False


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything the coach knows, by id; `outside` holds questions that it does not answer, by subject.

    Two are the same only if they are one object, so that what is made from it can be kept by it.
    """

    objections: dict[str, Objection]
    techniques: dict[str, Technique]
    style_words: dict[str, dict[str, StyleUse]]
    styles: dict[str, StyleGuide]
    signals: dict[str, Signal]
    cards: dict[str, Card]
    sources: dict[str, Source]
    slots: dict[str, str]
    outside: dict[str, tuple[str, ...]]
