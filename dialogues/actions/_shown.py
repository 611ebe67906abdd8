"""What the coach showed last: the thing that “为什么”, “出处” and “有啥忌讳” refer to."""

from __future__ import annotations

from typing import Any, Dict, Union

from rasa_sdk import Tracker

from dialogues.actions import _context as context
from dialogues.actions import _objection_card as card
from dialogues.actions._reply import payload
from knowledge.advice import Advice
from knowledge.loader import knowledge
from knowledge.models import Card, Signal, StyleGuide, Technique
from knowledge.tip_stock import Tip, tips

Item = Union[Advice, StyleGuide, Signal, Technique, Card, Tip, None]


def item(tracker: Tracker) -> Item:
    """The advice, style, signal, technique or card shown last; a button that names an objection comes first."""
    topic, known = tracker.get_slot("topic"), knowledge()
    if topic == "objection" or context.entity(tracker, "advice"):
        return card.current(tracker)
    shown = tracker.get_slot("shown")
    folders: Dict[str, Any] = {
        "style": known.styles,
        "signal": known.signals,
        "technique": known.techniques,
        "tip": tips(),
        "card": known.cards,
    }
    found: Item = folders.get(topic, {}).get(shown)
    return found


def rows(shown: Item) -> tuple[str, ...]:
    """Source rows of what was shown."""
    if shown is None:
        return ()
    return card.sources(shown) if isinstance(shown, Advice) else shown.sources


def back(tracker: Tracker) -> str:
    """Payload that shows it again."""
    shown = item(tracker)
    if isinstance(shown, Advice):
        return context.advice_payload(shown.objection.id, shown.style, shown.rank)
    if isinstance(shown, StyleGuide):
        return payload("ask_customer_type", style=shown.id)
    if isinstance(shown, Tip):
        return payload("show_tip", tip=shown.id)
    return payload("show_card", card=shown.id if shown else None)
