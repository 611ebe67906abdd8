"""practice: choose the customer by what he says, how he is, his trade or how hard he is."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _drill as drill
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, payload, say
from knowledge.drill.data import scenarios
from knowledge.loader import knowledge

# Objections on one screen: five rows of two.
A_PAGE = 10


class ActionChooseDrill(Action):
    def name(self) -> Text:
        return "action_choose_drill"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        by = context.entity(tracker, "by")
        if by == "objection":
            _by_objection(dispatcher, context.entity(tracker, "page"))
        elif by == "style":
            styles = [button(style.title, "start_drill", style=style.id) for style in knowledge().styles.values()]
            say(dispatcher, "utter_drill_choice_style", (), styles)
        elif by == "industry":
            trades = sorted({scenario.industry for scenario in scenarios().values()})
            buttons = [button(trade, "start_drill", industry=trade) for trade in trades]
            say(dispatcher, "utter_drill_choice_industry", (), buttons)
        else:
            _by_what(dispatcher)
        return []


def _by_what(dispatcher: CollectingDispatcher) -> None:
    say(
        dispatcher,
        "utter_drill_choice",
        objection_button=payload("choose_drill", by="objection"),
        style_button=payload("choose_drill", by="style"),
        industry_button=payload("choose_drill", by="industry"),
        other_button=drill.OTHER,
        easy_button=payload("start_drill", level=1),
        middle_button=payload("start_drill", level=2),
        hard_button=payload("start_drill", level=3),
    )


def _by_objection(dispatcher: CollectingDispatcher, page: str | None) -> None:
    played = {scenario.objection for scenario in scenarios().values()}
    objections = [objection for objection in knowledge().objections.values() if objection.id in played]
    shown, number, last = page_of(objections, page, A_PAGE)
    say(
        dispatcher,
        "utter_drill_choice_objection",
        (),
        [
            *(button(objection.title, "start_drill", named_objection=objection.id) for objection in shown),
            *page_buttons("choose_drill", number, last, by="objection"),
        ],
        page=number,
        pages=last,
    )
