"""practice: what this person practised and asked about."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._reply import payload, say
from knowledge.loader import knowledge
from store import attempts, drills, questions
from store.database import database


class ActionShowProgress(Action):
    def name(self) -> Text:
        return "action_show_progress"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        objections = knowledge().objections
        person = drills.person_of(tracker.sender_id)
        rounds = attempts.rounds(database(), person)
        asked = [(o, n) for o, n in questions.most_asked(database(), tracker.sender_id) if o in objections]
        if not rounds and not asked:
            dispatcher.utter_message(response="utter_no_progress")
            return []
        least = attempts.least_practised(database(), person, [o for o, _ in asked] or list(objections))
        say(
            dispatcher,
            "utter_progress",
            rounds=rounds,
            most_asked="、".join(f"{objections[o].title} {n} 次" for o, n in asked),
            practise_button=payload("start_drill", advice=context.advice_name(least, None, 0)),
        )
        return []
