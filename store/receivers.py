"""Who gets tips: the people that a manager may reach, without those who blocked the bot or want no tips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from store import people, preferences, progress, teams
from store.people import Person
from store.plan_times import Receiver
from store.preferences import Preferences
from store.progress import Weakness

EVERYBODY, TEAM, ROLE, WEAK = "everybody", "team", "role", "weak"


class Audience(NamedTuple):
    """`kind` is everybody, team, role or weak; `value` the team's id, the role or the text of a `Weakness`."""

    kind: str
    value: str = ""


def receivers(database: Database, manager_id: str, audience: Audience) -> list[Receiver]:
    """The people of an audience whom this manager may reach: of the own teams, for an admin everybody."""
    manager = people.member(database, manager_id)
    if manager is None:
        return []
    silent, wanted = _who_blocked(database), preferences.everybodys(database)
    in_team = set(teams.member_ids(database, [int(audience.value)])) if audience.kind == TEAM else set()
    seen = people.visible_to(database, manager)
    weak = _weak(database, seen, audience.value) if audience.kind == WEAK else set()
    found = [
        Receiver(one.id, wanted.get(one.id, Preferences()))
        for one in seen
        if one.id not in silent
        and (audience.kind != TEAM or one.id in in_team)
        and (audience.kind != ROLE or one.role == audience.value)
        and (audience.kind != WEAK or one.id in weak)
    ]
    return [one for one in found if one.wants.tips]


def receiver(database: Database, person_id: str) -> Receiver | None:
    """A member as a receiver; None for a person who gets no tips any more."""
    if people.member(database, person_id) is None or person_id in _who_blocked(database, person_id):
        return None
    wants = preferences.of(database, person_id)
    return Receiver(person_id, wants) if wants.tips else None


def _weak(database: Database, seen: Sequence[Person], value: str) -> set[str]:
    weakness = Weakness.parse(value)
    return progress.weak_on(database, [one.id for one in seen], weakness) if weakness else set()


def _who_blocked(database: Database, person_id: str | None = None) -> set[str]:
    """Who, or whether this one, has blocked the bot and not written since."""
    sql = """select distinct d.person_id from deliveries d join people p on p.id = d.person_id
             where d.state = 'blocked' and d.ended_at > p.last_seen_at and (:one is null or d.person_id = :one)"""
    return {row["person_id"] for row in database.query(sql, {"one": person_id})}
