"""The team that a manager looks at: its reps, the week, titles."""

from __future__ import annotations

from datetime import timedelta

from knowledge.loader import knowledge
from knowledge.scoring.rubric import rubrics
from store import people, teams
from store.database import database

WEEK = timedelta(days=7)


def chosen(viewer: people.Person, team_id: str | None) -> teams.Team | None:
    """The team that a button names, where it is the viewer's; None for all of the own teams together."""
    return next((team for team in teams.managed_by(database(), viewer) if str(team.id) == team_id), None)


def reps(viewer: people.Person, team: teams.Team | None) -> list[people.Person]:
    """The reps of the team, or of all teams of the viewer."""
    inside = set(teams.member_ids(database(), [team.id])) if team else None
    seen = people.visible_to(database(), viewer)
    return [person for person in seen if person.role == people.REP and (inside is None or person.id in inside)]


def objection_title(objection: str) -> str:
    """As reps read it; the id for one that is no longer in the material."""
    known = knowledge().objections
    return known[objection].title if objection in known else objection


def check_titles() -> dict[str, str]:
    """Check → title, as on the score card."""
    return {check.id: check.title for checks in rubrics().checks.values() for check in checks}
