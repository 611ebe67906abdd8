"""questions: a tip for today, another one at each request."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from knowledge.loader import knowledge
from knowledge.wording import cite, fill
from store.clock import utc_now


class ActionGiveTip(Action):
    def name(self) -> Text:
        return "action_give_tip"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        known = knowledge()
        techniques = [technique for technique in known.techniques.values() if not technique.caution]
        shown = str(tracker.get_slot("shown"))
        ids = [technique.id for technique in techniques]
        position = ids.index(shown) + 1 if shown in ids else utc_now().toordinal()
        technique = techniques[position % len(techniques)]
        say(
            dispatcher,
            "utter_tip",
            technique.sources,
            name=technique.name,
            idea=technique.idea.rstrip("。"),
            why=technique.why,
            say=fill(technique.say, known),
            source=cite(technique.sources, known, limit=1),
            card_button=payload("show_card", card=technique.id),
        )
        context.record(tracker, context.ANSWERED, technique.id)
        return [SlotSet("topic", "tip"), SlotSet("shown", technique.id)]
