"""fallback: two likeliest readings as buttons, and a search of the material."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._cards import hit_button
from dialogues.actions._find import against, best, show_any, surely
from dialogues.actions._reply import Button, button, say
from dialogues.labels import label
from nlu.registry import registry

NOT_OFFERED = {"nlu_fallback", "out_of_scope", "affirm", "deny", "cancel", "own_objection"}


class ActionOfferReadings(Action):
    def name(self) -> Text:
        return "action_offer_readings"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        events = show_any(dispatcher, tracker, surely(context.text(tracker), against(tracker)))
        if events is not None:
            return events
        likely = best(context.text(tracker), preferred_label="search", limit=1)
        choices = [*_readings(tracker), *map(hit_button, likely), button(label("other_readings"), "search_material")]
        say(dispatcher, "utter_offer_readings", (), choices)
        context.record(tracker, context.UNSURE)
        return [SlotSet("unclear_text", context.text(tracker))]


def _readings(tracker: Tracker) -> List[Button]:
    known = registry().intents
    ranking = [entry["name"] for entry in tracker.latest_message.get("intent_ranking", [])]
    names = [name for name in ranking if name in known and name not in NOT_OFFERED]
    return [button(known[name].title, name, unclear=1) for name in names[:2]]
