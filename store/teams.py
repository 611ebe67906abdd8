"""Teams; a person can be in several. A manager's own teams are those the manager is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store.people import ADMIN, Person


class TeamError(Exception):
    """A team cannot be made or renamed: the name is taken."""


@dataclass(frozen=True)
class Team:
    """A team; `local` as for people."""

    id: int
    name: str
    local: bool


def create(database: Database, name: str, now: datetime, *, local: bool = False) -> Team:
    """A new team.

    Raises:
        TeamError: The name is taken.
    """
    with database.atomic():
        if find(database, name, local=local):
            raise TeamError(name)
        made = database.table("teams").insert({"name": name, "local": int(local), "created_at": now.isoformat()})
        return Team(int(str(made.last_pk)), name, local)


def find(database: Database, name: str, *, local: bool = False) -> Team | None:
    """The team of this name."""
    sql = "select * from teams where name = ? and local = ?"
    return next((_team(row) for row in database.query(sql, [name, int(local)])), None)


def get(database: Database, team_id: int) -> Team | None:
    """The team of this id."""
    return next((_team(row) for row in database.query("select * from teams where id = ?", [team_id])), None)


def rename(database: Database, team_id: int, name: str) -> None:
    """Give a team another name.

    Raises:
        TeamError: The name is taken.
    """
    with database.atomic():
        team = get(database, team_id)
        if team is None or find(database, name, local=team.local) not in (None, team):
            raise TeamError(name)
        database.execute("update teams set name = ? where id = ?", [name, team_id])


def join(database: Database, person_id: str, team_id: int) -> None:
    """Put a person into a team; nothing happens to one who is in it."""
    with database.atomic():
        database.execute("insert or ignore into memberships (person_id, team_id) values (?, ?)", [person_id, team_id])


def leave(database: Database, person_id: str, team_id: int) -> None:
    """Take a person out of a team."""
    with database.atomic():
        database.execute("delete from memberships where person_id = ? and team_id = ?", [person_id, team_id])


def of(database: Database, person_id: str) -> list[Team]:
    """The teams that a person is in, by name."""
    sql = """select t.* from teams t join memberships m on m.team_id = t.id
             where m.person_id = ? order by t.name"""
    return [_team(row) for row in database.query(sql, [person_id])]


def managed_by(database: Database, person: Person) -> list[Team]:
    """The teams that a person may look into and act for: an admin's are all, a rep has none."""
    if person.role == ADMIN:
        return [
            _team(row) for row in database.query("select * from teams where local = ? order by name", [person.local])
        ]
    return of(database, person.id) if person.manages else []


def member_ids(database: Database, team_ids: list[int]) -> list[str]:
    """Who is in any of the teams; each once."""
    marks = ", ".join("?" for _ in team_ids)
    sql = f"select distinct person_id from memberships where team_id in ({marks}) order by person_id"
    return [row["person_id"] for row in database.query(sql, team_ids)]


def _team(row: dict[str, Any]) -> Team:
    return Team(row["id"], row["name"], bool(row["local"]))
