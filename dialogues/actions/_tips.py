"""A tip as a screen, and what a person or team is weak on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from dialogues.labels import label
from knowledge.learning.data import learning
from knowledge.loader import knowledge
from knowledge.tip_stock import Tip, choose, tips
from knowledge.wording import cite
from store import progress
from store import tips as kept
from store.database import database

# A tip that was given within these days is not given again while others are left.
LATELY = timedelta(days=60)
# What people asked about in these days tells where help is needed, too.
RECENT = timedelta(days=30)


def named(tracker: Tracker) -> Tip | None:
    """The tip that a button names; None where it is not in the stock any more."""
    return tips().get(str(context.entity(tracker, "tip")))


def next_for(people: Sequence[str], now: datetime) -> Tip:
    """The tip that these people need most and none of them had lately.

    What they miss in drills comes first, then what they ask about in the field.
    """
    had = kept.had(database(), people, now - LATELY)
    practised = progress.by_objection(database(), people, learning().objection_answers)
    missed = [objection for objection, _ in progress.weakest(practised, learning().weak_below)]
    met = kept.met_most(database(), people, now - RECENT)
    weak = [*missed, *(objection for objection in met if objection not in missed)]
    return choose(list(tips().values()), had, weak, now.toordinal() + len(had) + sum(map(ord, "".join(people[:1]))))


def show(dispatcher: CollectingDispatcher, tip: Tip, is_saved: bool = False) -> list[EventType]:
    """The tip with its buttons."""
    say(
        dispatcher,
        "utter_tip",
        tip.sources,
        tip=tip.id,
        title=tip.title,
        body=tip.text,
        today=tip.today,
        source=cite(tip.sources, knowledge(), limit=1),
        practise_button=payload("start_drill", named_objection=tip.objection or None, style=tip.style or None),
        keep_title=label("unsave_tip" if is_saved else "save_tip"),
        keep_button=payload("unsave_tip" if is_saved else "save_tip", tip=tip.id),
        like_button=payload("like_tip", tip=tip.id),
    )
    return [SlotSet("topic", "tip"), SlotSet("shown", tip.id)]
