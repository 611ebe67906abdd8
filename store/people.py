"""Who talks to the coach, and what each may do: reps practise, managers see their teams, admins all teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

REP, MANAGER, ADMIN = "rep", "manager", "admin"
ROLES = (REP, MANAGER, ADMIN)  # each may do what those before it may


class LastAdminError(Exception):
    """Without this person nobody could invite or remove anybody any more."""


@dataclass(frozen=True)
class Person:
    """A member; `local` ones exist on the chat page of this machine only and are apart from those on Telegram."""

    id: str
    name: str
    role: str
    local: bool

    @property
    def manages(self) -> bool:
        """Whether the manager's functions are open to this person."""
        return self.role in (MANAGER, ADMIN)


def person_of(sender_id: str) -> str:
    """The person behind a conversation: in a group the conversation is `<group>:<person>`."""
    return sender_id.rpartition(":")[2]


def remember(database: Database, person_id: str, name: str, now: datetime) -> None:
    """Note that a person was here: a new row at the first visit, name and time afterwards. It makes no member."""
    with database.atomic():
        database.execute(
            """insert into people (id, name, first_seen_at, last_seen_at) values (:id, :name, :now, :now)
               on conflict (id) do update set name = excluded.name, last_seen_at = excluded.last_seen_at""",
            {"id": person_id, "name": name, "now": now.isoformat()},
        )


def admit(database: Database, person_id: str, name: str, role: str, now: datetime, *, local: bool = False) -> Person:
    """Make somebody a member with this role, or give a member this role."""
    with database.atomic():
        remember(database, person_id, name, now)
        database.execute(
            """update people set role = :role, local = :local, removed_at = null,
                 joined_at = coalesce(joined_at, :now) where id = :id""",
            {"id": person_id, "role": role, "local": int(local), "now": now.isoformat()},
        )
    admitted = member(database, person_id)
    assert admitted is not None
    return admitted


def member(database: Database, person_id: str) -> Person | None:
    """The member of this id; None for strangers and for those who were removed."""
    sql = "select * from people where id = ? and joined_at is not null"
    return next((_person(row) for row in database.query(sql, [person_id])), None)


def remove(database: Database, person_id: str, now: datetime) -> None:
    """Let somebody be a member no longer; links from before this moment do not bring them back.

    Raises:
        LastAdminError: This is the only admin.
    """
    with database.atomic():
        _keep_an_admin(database, person_id)
        database.execute("delete from memberships where person_id = ?", [person_id])
        database.execute(
            "update people set joined_at = null, removed_at = ?, role = ? where id = ?",
            [now.isoformat(), REP, person_id],
        )


def set_role(database: Database, person_id: str, role: str) -> None:
    """Give a member another role.

    Raises:
        LastAdminError: The only admin would be none.
    """
    with database.atomic():
        if role != ADMIN:
            _keep_an_admin(database, person_id)
        database.execute("update people set role = ? where id = ? and joined_at is not null", [role, person_id])


def name_of(database: Database, person_id: str) -> str:
    """What a person, member or not, is called; "" for somebody who was never here."""
    sql = "select coalesce(called, name) as name from people where id = ?"
    return next((row["name"] or "" for row in database.query(sql, [person_id])), "")


def set_name(database: Database, person_id: str, name: str) -> None:
    """What the person wants to be called; it comes before the name on Telegram."""
    with database.atomic():
        database.execute("update people set called = ? where id = ?", [name, person_id])


def was_removed_at(database: Database, person_id: str) -> datetime | None:
    """When a person who is no member now was removed."""
    rows = list(database.query("select removed_at from people where id = ?", [person_id]))
    return datetime.fromisoformat(rows[0]["removed_at"]) if rows and rows[0]["removed_at"] else None


def has_manager(database: Database) -> bool:
    """Whether anybody on Telegram manages this coach yet."""
    sql = "select 1 from people where joined_at is not null and local = 0 and role != ? limit 1"
    return bool(list(database.query(sql, [REP])))


def managers(database: Database, *, local: bool) -> list[Person]:
    """All managers and admins, on Telegram or on the chat page of this machine."""
    sql = "select * from people where joined_at is not null and local = ? and role != ? order by id"
    return [_person(row) for row in database.query(sql, [int(local), REP])]


def visible_to(database: Database, viewer: Person) -> list[Person]:
    """The members whom a manager sees: those of the own teams, for an admin everybody; by name."""
    sql = """select * from people p where joined_at is not null and local = :local and (:all or exists (
               select 1 from memberships theirs join memberships own on own.team_id = theirs.team_id
               where theirs.person_id = p.id and own.person_id = :viewer))
             order by coalesce(called, name), id"""
    if not viewer.manages:
        return []
    given = {"local": int(viewer.local), "all": viewer.role == ADMIN, "viewer": viewer.id}
    return [_person(row) for row in database.query(sql, given)]


def _keep_an_admin(database: Database, person_id: str) -> None:
    sql = """select 1 from people one where id = ? and role = 'admin' and joined_at is not null and not exists (
               select 1 from people other where other.id != one.id and other.role = 'admin'
                 and other.joined_at is not null and other.local = one.local)"""
    if list(database.query(sql, [person_id])):
        raise LastAdminError(person_id)


def _person(row: dict[str, Any]) -> Person:
    return Person(row["id"], row["called"] or row["name"] or row["id"], row["role"], bool(row["local"]))
