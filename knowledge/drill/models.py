"""The values of a drill: who the customer is, what state the talk is in, what an answer was worth to him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Reaction(str, Enum):
    """What the customer does after an answer; the values are the keys of `lines` in the scenarios."""

    SOFTENS = "softens"
    PUSHES_BACK = "pushes_back"
    REPEATS = "repeats"
    ASKS_DETAILS = "asks_details"
    BUYING_SIGNAL = "buying_signal"
    AGREES = "agrees"
    LEAVES = "leaves"
    REVEALS = "reveals"
    RAISES_SECOND = "raises_second"


ENDINGS = (Reaction.AGREES, Reaction.LEAVES)


@dataclass(frozen=True)
class Raised:
    """Something that the customer brings up on the way: the objection it is, and ways to say it."""

    objection: str
    lines: tuple[str, ...]
    concern: str = ""


@dataclass(frozen=True)
class Scenario:
    """One customer; `level` is 1 to 3, `patience` 2 to 5 useless answers, every text is Chinese."""

    id: str
    objection: str
    style: str
    industry: str
    level: int
    person: str
    situation: str
    mood: str
    patience: int
    budget: str
    opening: str
    hidden: Raised
    second: Raised
    lines: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """Where a talk stands before the next answer.

    `turn` counts the answers so far, `interest` is 0 to 100, `patience` what is left of it. `objection` is what `line`,
    the customer's latest, is about; `open` holds the objections that no good answer has met. `used` are lines said
    before, so that he does not repeat himself word for word.
    """

    scenario: str
    seed: int
    turn: int
    interest: int
    patience: int
    objection: str
    line: str
    open: tuple[str, ...]
    revealed: bool = False
    raised: bool = False
    reaction: str = ""
    used: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the customer has agreed or left."""
        return self.reaction in ENDINGS


@dataclass(frozen=True)
class Rules:
    """Numbers of `rules.yml`; mappings by level have the keys 1, 2, 3."""

    least_turns: int
    most_turns: int
    agree_from: Mapping[int, int]
    present: float
    expected: float
    gains: Mapping[str, float]
    losses: Mapping[str, float]
    start: Mapping[int, int]
    reveal_at: Mapping[int, int]
    second_at: Mapping[int, int]
    buying_at: Mapping[int, int]
    agree_at: Mapping[int, int]
    unrevealed_cap: Mapping[int, int]
    leave_below: int
    missed_signal: int
    faces: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Words:
    """Short texts of `drill_words.yml`; those with braces are filled by `str.format`."""

    outcomes: Mapping[str, str]
    levels: Mapping[int, str]
    gain: str
    instead: str
    coaching_on: str
    coaching_off: str
    overruled: str
    cost: str
