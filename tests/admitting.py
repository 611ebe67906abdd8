"""Lets the people of a test in, as an invitation would; the gate itself is the product's."""

from __future__ import annotations

from store import people, teams
from store.clock import utc_now
from store.database import database


def admit(person_id: int, name: str, role: str = people.REP, team: str = "") -> None:
    """Make somebody a member, in a team where one is named; the team is made at the first need."""
    people.admit(database(), str(person_id), name, role, utc_now())
    if team:
        found = teams.find(database(), team) or teams.create(database(), team, utc_now())
        teams.join(database(), str(person_id), found.id)
