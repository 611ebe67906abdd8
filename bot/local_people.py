"""The people of the local chat page as members of the coach."""

from __future__ import annotations

from datetime import datetime

from bot.localchat.people import Roster
from store import people, teams
from store.database import database


def admit_roster(roster: Roster, now: datetime) -> None:
    """Make the page's people members of a team of their own: whoever sits at this machine may try everything.

    One who was removed stays removed.
    """
    team_name = roster.groups[0].title if roster.groups else roster.bot_name
    team = teams.find(database(), team_name, local=True) or teams.create(database(), team_name, now, local=True)
    for person in roster.people:
        person_id = str(person.id)
        if people.member(database(), person_id) is None and people.was_removed_at(database(), person_id) is None:
            people.admit(database(), person_id, person.name, person.access, now, local=True)
            teams.join(database(), person_id, team.id)
