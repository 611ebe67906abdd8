"""calculators: grades by amount and the vital few, or what is wrong with the lines typed."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._reply import payload, say
from dialogues.actions._words import typed, wait_in
from dialogues.actions.show_forecast import sentences
from knowledge.calculators.data import calculators
from knowledge.calculators.deals import Customer, read_customers
from knowledge.calculators.grading import Graded, grade, vital_few
from knowledge.calculators.money import plain, spoken
from knowledge.loader import knowledge
from knowledge.wording import cite

SHOWN = 10
LEAST_FOR_SHARES = 5  # a fifth of fewer is nobody


class ActionShowGrade(Action):
    def name(self) -> Text:
        return "action_show_grade"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = typed(tracker)
        if not words:
            return []
        customers, mistakes = read_customers(words)
        if mistakes:
            say(dispatcher, "utter_deals_wrong", problems=sentences(mistakes))
            return wait_in("grade_form")
        show_grades(dispatcher, customers)
        return [SlotSet("words", None)]


def show_grades(dispatcher: CollectingDispatcher, customers: list[Customer]) -> None:
    """The grade of each, the largest first, and what the largest bring together."""
    graded = [grade(customer) for customer in sorted(customers, key=lambda customer: -customer.amount)]
    rules = calculators().grades
    few = vital_few(customers) if len(customers) >= LEAST_FOR_SHARES else None
    say(
        dispatcher,
        "utter_grades",
        rules.sources,
        list="\n".join(map(_line, graded[:SHOWN])),
        rest=len(graded) - SHOWN if len(graded) > SHOWN else None,
        care=graded[0].level.care if len(graded) == 1 else None,
        few=few.few if few else None,
        share=plain(few.share) if few else None,
        enough=few.enough if few else None,
        edge=rules.edge if any(one.on_edge for one in graded) else None,
        source=cite(rules.sources, knowledge(), limit=1),
        amount_button=payload("start_grade", form="amount"),
    )


def _line(one: Graded) -> str:
    return f"· {one.customer.name}：{spoken(one.customer.amount)} → {one.level.title}"
