"""practice: model words to hold the own answer against; no score."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from knowledge.loader import knowledge
from knowledge.wording import cite, fill
from store import practice
from store.clock import utc_now
from store.database import database


class ActionShowModelAnswer(Action):
    def name(self) -> Text:
        return "action_show_model_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        known = knowledge()
        objection, style = tracker.get_slot("practice_objection"), tracker.get_slot("practice_style")
        answer = tracker.get_slot("practice_answer") or ""
        words = known.style_words[objection][style]
        technique = known.techniques[words.technique]
        say(
            dispatcher,
            "utter_model_answer",
            technique.sources,
            style_title=known.styles[style].title,
            technique=technique.name,
            why=words.why,
            say=fill(words.say, known),
            next=words.next,
            source=cite(technique.sources, known, limit=1),
            again_button=payload("start_drill", advice=context.advice_name(objection, style, 0)),
            advice_button=payload(objection, style=style),
        )
        practice.record(database(), practice.PracticeRound(tracker.sender_id, objection, style, len(answer)), utc_now())
        return [SlotSet("practice_answer", None)]
