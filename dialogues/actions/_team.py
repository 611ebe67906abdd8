"""The team that a manager looks at: its reps, the week, titles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialogues.labels import label
from knowledge.loader import knowledge
from knowledge.scoring.rubric import rubrics
from store import people, team_progress, teams
from store.database import database

WEEK = timedelta(days=7)
NAMED, IDLE_NAMED = 3, 5


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
    """Check or fault → title, as on the score card."""
    checks = {check.id: check.title for checks in rubrics().checks.values() for check in checks}
    return checks | {fault.id: fault.title for fault in rubrics().faults.values()}


def title_of(viewer: people.Person, team: teams.Team | None) -> str:
    """The team's name, or those of all teams of the viewer as far as they fit."""
    return team.name if team else "、".join(each.name for each in teams.managed_by(database(), viewer))[:20]


def figures(team: Sequence[people.Person], cells: Sequence[team_progress.Cell], since: datetime) -> dict[str, str]:
    """In words: who practised since then and who did not, who is stuck, what is missed, what the field asked."""
    names = {person.id: person.name for person in team}
    ids = list(names)
    practised = team_progress.answers(database(), ids, since)
    idle = [name for person_id, name in names.items() if person_id not in practised]
    stuck = [
        label("stuck_on", name=names[cell.person_id], objection=objection_title(cell.objection))
        for cell in team_progress.stuck(cells)
    ]
    missed, checks = team_progress.missed_checks(database(), ids, since), check_titles()
    asked = team_progress.asked(database(), ids, since)
    return {
        "practised": f"{len(practised)}/{len(team)}",
        "idle": _some(idle),
        "stuck": "、".join(stuck[:NAMED]),
        "missed": "、".join(label("times", what=checks.get(check, check), count=n) for check, n in missed[:NAMED]),
        "asked": "、".join(label("times", what=objection_title(objection), count=n) for objection, n in asked[:NAMED]),
    }


def _some(names: Sequence[str]) -> str:
    """The first names, and how many there are in all."""
    shown = "、".join(names[:IDLE_NAMED])
    return label("and_more_people", names=shown, count=len(names)) if len(names) > IDLE_NAMED else shown
