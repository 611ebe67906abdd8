"""Who gets tips: the people that a manager may reach, without those who blocked the bot or want no tips."""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database

from store import people, preferences, teams
from store.plan_times import Receiver
from store.preferences import Preferences

EVERYBODY, TEAM, ROLE = "everybody", "team", "role"


class Audience(NamedTuple):
    """`kind` is everybody, team or role; `value` is then the team's id or the role."""

    kind: str
    value: str = ""


def receivers(database: Database, manager_id: str, audience: Audience) -> list[Receiver]:
    """The people of an audience whom this manager may reach: of the own teams, for an admin everybody."""
    manager = people.member(database, manager_id)
    if manager is None:
        return []
    silent, wanted = _who_blocked(database), preferences.everybodys(database)
    in_team = set(teams.member_ids(database, [int(audience.value)])) if audience.kind == TEAM else set()
    found = [
        Receiver(one.id, wanted.get(one.id, Preferences()))
        for one in people.visible_to(database, manager)
        if one.id not in silent
        and (audience.kind != TEAM or one.id in in_team)
        and (audience.kind != ROLE or one.role == audience.value)
    ]
    return [one for one in found if one.wants.tips]


def receiver(database: Database, person_id: str) -> Receiver | None:
    """A member as a receiver; None for a person who gets no tips any more."""
    if people.member(database, person_id) is None or person_id in _who_blocked(database, person_id):
        return None
    wants = preferences.of(database, person_id)
    return Receiver(person_id, wants) if wants.tips else None


def _who_blocked(database: Database, person_id: str | None = None) -> set[str]:
    """Who, or whether this one, has blocked the bot and not written since."""
    sql = """select distinct d.person_id from deliveries d join people p on p.id = d.person_id
             where d.state = 'blocked' and d.ended_at > p.last_seen_at and (:one is null or d.person_id = :one)"""
    return {row["person_id"] for row in database.query(sql, {"one": person_id})}
