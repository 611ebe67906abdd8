"""The tool that goes with a card: a button under it, by the card's id or else its topic."""

from __future__ import annotations

from dialogues.actions._reply import Button, button
from dialogues.labels import labels
from knowledge.models import Card

TOPICS = {
    "sales_funnel": ("sales_funnel", "start_forecast", {}),
    "customer_grading": ("customer_grading", "start_grade", {}),
    "opportunity": ("opportunity", "answer_score", {"form": "opportunity"}),
    "qualified_prospects": ("qualified_prospects", "answer_score", {"form": "prospect"}),
}
CARDS = {
    "checklist_overview": ("checklists", "show_list", {}),
    "checklist_daily": ("checklists", "show_list", {"list": "day"}),
    "checklist_weekly": ("checklists", "show_list", {"list": "week"}),
    "checklist_monthly": ("checklists", "show_list", {"list": "month"}),
    "checklist_quarterly": ("checklists", "show_list", {"list": "quarter"}),
    "checklist_half_year": ("checklists", "show_list", {"list": "half_year"}),
    "checklist_yearly": ("checklists", "show_list", {"list": "year"}),
    "prospect_decision_time": ("prospect_decision_time", "answer_score", {"form": "horizon"}),
}


def tool_buttons(card: Card) -> list[Button]:
    """The button, or none."""
    tool = CARDS.get(card.id) or TOPICS.get(card.topic)
    if tool is None:
        return []
    title, intent, entities = tool
    return [button(labels("tools")[title], intent, **entities)]
