"""The check that a button names: `<attempt>.<check>`, among the answers of the person who pressed it."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker

from dialogues.actions import _context as context
from dialogues.actions._score_card import graded
from knowledge.scoring import CheckResult
from store import attempts
from store.database import database


@dataclass(frozen=True)
class Named:
    """A check or fault of one answer, and the drill that it belongs to."""

    attempt: int
    drill: int
    result: CheckResult
    is_fault: bool

    @property
    def reference(self) -> str:
        """What a button carries."""
        return f"{self.attempt}.{self.result.id}"


def named(tracker: Tracker) -> Named | None:
    """The check that the button names; None where it does not exist or is somebody else's."""
    text, _, check_id = (context.entity(tracker, "check") or "").partition(".")
    number = context.number(text)
    kept = attempts.get(database(), context.person(tracker), number) if number else None
    found = graded(kept) if kept else None
    if kept is None or found is None:
        return None
    for result in (*found.score.checks, *found.score.faults):
        if result.id == check_id:
            return Named(kept.id, kept.drill, result, result in found.score.faults)
    return None
