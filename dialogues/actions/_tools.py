"""The tool that goes with a card: a button under it, by the card's id or else its topic."""

from __future__ import annotations

from dialogues.actions._reply import Button, button
from knowledge.models import Card

TOPICS = {
    "sales_funnel": ("算一下", "start_forecast", {}),
    "customer_grading": ("给客户定级", "start_grade", {}),
    "opportunity": ("打个分", "answer_score", {"form": "opportunity"}),
    "qualified_prospects": ("打个分", "answer_score", {"form": "prospect"}),
}
CARDS = {
    "checklist_overview": ("去打勾", "show_list", {}),
    "checklist_daily": ("去打勾", "show_list", {"list": "day"}),
    "checklist_weekly": ("去打勾", "show_list", {"list": "week"}),
    "checklist_monthly": ("去打勾", "show_list", {"list": "month"}),
    "checklist_quarterly": ("去打勾", "show_list", {"list": "quarter"}),
    "checklist_half_year": ("去打勾", "show_list", {"list": "half_year"}),
    "checklist_yearly": ("去打勾", "show_list", {"list": "year"}),
    "prospect_decision_time": ("按时间定级", "answer_score", {"form": "horizon"}),
}


def tool_buttons(card: Card) -> list[Button]:
    """The button, or none."""
    tool = CARDS.get(card.id) or TOPICS.get(card.topic)
    if tool is None:
        return []
    title, intent, entities = tool
    return [button(title, intent, **entities)]
