"""follow_up: what to do after the words were said."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _objection_card as card
from dialogues.actions import _shown as shown
from dialogues.actions._find import question_first
from dialogues.actions._reply import lines, payload, say
from knowledge.advice import Advice
from knowledge.loader import knowledge
from knowledge.models import Signal, StyleGuide, Technique
from knowledge.tip_stock import Tip
from knowledge.wording import cite


class ActionShowNextStep(Action):
    def name(self) -> Text:
        return "action_show_next_step"

    @question_first
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        item = shown.item(tracker)
        if isinstance(item, Advice):
            _say(
                dispatcher,
                item.words.next,
                item.objection.ask_first,
                shown.rows(item),
                card.buttons(item)["next_button"],
            )
            return card.remember(item)
        if isinstance(item, (Signal, Technique)):
            _say(dispatcher, item.next, None, item.sources, payload("next_technique"))
        elif isinstance(item, Tip):
            _say(dispatcher, item.today, None, item.sources, payload("next_technique"))
        elif isinstance(item, StyleGuide):
            _say(dispatcher, lines(item.talk), None, item.sources, payload("next_technique"))
        else:
            dispatcher.utter_message(response="utter_not_on_card" if item else "utter_nothing_before")
        return []


def _say(
    dispatcher: CollectingDispatcher, next_step: str, ask_first: str | None, rows: tuple[str, ...], next_button: str
) -> None:
    source = cite(rows, knowledge(), limit=1)
    say(
        dispatcher, "utter_next_step", rows, next=next_step, ask_first=ask_first, source=source, next_button=next_button
    )
