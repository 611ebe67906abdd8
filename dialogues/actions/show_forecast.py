"""calculators: the forecast step by step with its funnel, or what is wrong with the lines typed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._reply import payload, say, show_picture
from dialogues.actions._words import typed, wait_in
from dialogues.labels import label
from knowledge.calculators.data import calculators
from knowledge.calculators.deals import Deal, Mistake, read_deals
from knowledge.calculators.forecast import Forecast, Step, forecast
from knowledge.calculators.money import plain, spoken
from knowledge.loader import knowledge
from knowledge.wording import cite

MISTAKES_SHOWN = 4
STEPS_SHOWN = 8


class ActionShowForecast(Action):
    def name(self) -> Text:
        return "action_show_forecast"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        words = typed(tracker)
        if not words:
            return []
        read, mistakes = read_deals(words)
        deals = [*map(_deal, tracker.get_slot("deals") or []), *read]
        if mistakes:
            say(dispatcher, "utter_deals_unclear" if read else "utter_deals_wrong", problems=sentences(mistakes))
            return [SlotSet("deals", kept(deals)), *wait_in("forecast_form")]
        show_forecast(dispatcher, forecast(deals))
        return [SlotSet("deals", kept(deals)), SlotSet("words", None)]


def kept(deals: Sequence[Deal]) -> list[str]:
    """The deals as the slot holds them."""
    return [f"{deal.amount}:{deal.rate}" for deal in deals]


def sentences(mistakes: list[Mistake]) -> str:
    """The first mistakes, a line each; the others follow once these are mended."""
    return "\n".join(mistake.sentence() for mistake in mistakes[:MISTAKES_SHOWN])


def _deal(kept: str) -> Deal:
    amount, _, rate = kept.partition(":")
    return Deal(Decimal(amount), Decimal(rate))


def show_forecast(dispatcher: CollectingDispatcher, result: Forecast) -> None:
    """The steps, the sum and the funnel."""
    rows = calculators().forecast.sources
    say(
        dispatcher,
        "utter_forecast",
        rows,
        total=spoken(result.total),
        steps="\n".join(map(_line, result.steps[:STEPS_SHOWN])),
        expected=spoken(result.expected),
        done=spoken(result.done),
        open=spoken(result.open) if result.steps else None,
        biggest=_biggest(result),
        source=cite(rows, knowledge(), limit=2),
        more_button=payload("start_forecast", more="1"),
        formula_button=payload("show_card", card="forecast_formula"),
    )
    if result.steps:
        show_picture(dispatcher, "funnel", label("forecast_picture", total=spoken(result.total)), _funnel(result))


def _line(step: Step) -> str:
    count = label("deals", count=step.deals) if step.deals > 1 else ""
    return f"· {_name(step)}{count}：{spoken(step.amount)} × {plain(step.rate)}% ＝ {spoken(step.expected)}"


def _name(step: Step) -> str:
    return step.title or label("win_rate", rate=plain(step.rate))


def _biggest(result: Forecast) -> str | None:
    """Where pushing one step on would move the sum most; only where there is a choice."""
    if len(result.steps) < 2:
        return None
    step = max(result.steps, key=lambda step: step.expected)
    return _name(step)


def _funnel(result: Forecast) -> dict[str, Any]:
    """Data of `bot/pictures/funnel.py`."""
    widest = max(step.amount for step in result.steps)
    bars = [
        {
            "title": _name(step),
            "rate": f"{plain(step.rate)}%",
            "amount": spoken(step.amount),
            "expected": spoken(step.expected),
            "width": float(step.amount / widest),
            "share": float(step.rate / 100),
        }
        for step in result.steps
    ]
    picture = calculators().forecast.picture
    sums = {"done": spoken(result.done), "expected": spoken(result.expected), "total": spoken(result.total)}
    return {"bars": bars, "words": picture["words"], "lines": [line.format(**sums) for line in picture["lines"]]}
