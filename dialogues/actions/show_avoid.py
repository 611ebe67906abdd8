"""follow_up: what not to say or do."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _objection_card as card
from dialogues.actions import _shown as shown
from dialogues.actions._find import question_first
from dialogues.actions._reply import lines, say
from knowledge.advice import Advice
from knowledge.loader import knowledge
from knowledge.models import Signal, StyleGuide, Technique
from knowledge.wording import cite


class ActionShowAvoid(Action):
    def name(self) -> Text:
        return "action_show_avoid"

    @question_first
    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        item = shown.item(tracker)
        if isinstance(item, Advice):
            _say(dispatcher, item.objection.title, item.words.avoid, item.technique.sources, shown.back(tracker),
                 item.technique.risk, item.technique.caution)  # fmt: skip
            return card.remember(item)
        if isinstance(item, StyleGuide):
            _say(dispatcher, item.title, lines(item.avoid), item.sources, shown.back(tracker), caution=item.caution)
        elif isinstance(item, Signal):
            _say(dispatcher, item.title, item.dont, item.sources, shown.back(tracker), caution=item.caution)
        elif isinstance(item, Technique):
            _say(dispatcher, item.name, item.avoid, item.sources, shown.back(tracker), item.risk, item.caution)
        else:
            dispatcher.utter_message(response="utter_not_on_card" if item else "utter_nothing_before")
        return []


def _say(
    dispatcher: CollectingDispatcher,
    title: str,
    avoid: str,
    rows: tuple[str, ...],
    back: str,
    risk: str = "",
    caution: str = "",
) -> None:
    source = cite(rows, knowledge(), limit=1)
    values = {"title": title, "avoid": avoid, "risk": risk, "caution": caution, "source": source, "back_button": back}
    say(dispatcher, "utter_avoid", rows, **values)
