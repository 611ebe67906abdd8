"""Reads ``people.yml``: who can talk to the bot, and what the page shows first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from store.people import ROLES

PEOPLE_FILE = Path(__file__).with_name("people.yml")
USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


class PeopleError(ValueError):
    """``people.yml`` is not usable; the text lists every problem."""


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    username: str
    role: str
    access: str = "rep"


@dataclass(frozen=True)
class Group:
    id: int
    title: str
    owner: int
    members: tuple[int, ...]
    bot_is_admin: bool


@dataclass(frozen=True)
class Roster:
    bot_name: str
    people: tuple[Person, ...]
    groups: tuple[Group, ...]
    hint: str
    examples: tuple[str, ...]


def load_roster(path: Path = PEOPLE_FILE) -> Roster:
    """Read and check the whole file; ``PeopleError`` names all problems in one go."""
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    problems = [f"{path.name}: {problem}" for problem in _problems(data)]
    if problems:
        raise PeopleError("\n".join(problems))
    page = data.get("page") or {}
    return Roster(
        bot_name=data["bot"]["name"],
        people=tuple(Person(**item) for item in data["people"]),
        groups=tuple(Group(**{**g, "members": tuple(g["members"])}) for g in data["groups"]),
        hint=page.get("hint", ""),
        examples=tuple(page.get("examples") or ()),
    )


def _problems(data: dict[str, Any]) -> list[str]:
    found = [] if (data.get("bot") or {}).get("name") else ["bot: name is missing"]
    listed, groups = data.get("people") or [], data.get("groups") or []
    known = {person.get("id") for person in listed}
    for person in listed:
        found += _person_problems(person)
    for group in groups:
        strangers = set(group.get("members") or []) | {group.get("owner")}
        if missing := sorted(str(i) for i in strangers - known):
            found.append(f"group {group.get('id')}: unknown people {', '.join(missing)}")
        if not (isinstance(group.get("id"), int) and group["id"] < 0):
            found.append(f"group {group.get('id')}: id must be negative, e.g. -1001000000001")
    if len(known) != len(listed):
        found.append("people: two entries share one id")
    return found


def _person_problems(person: dict[str, Any]) -> list[str]:
    label, found = f"person {person.get('id')}", []
    if set(person) != {"id", "name", "username", "role", "access"}:
        found.append(f"{label}: has {sorted(person)}; expected access, id, name, role, username")
    if person.get("access") not in ROLES:
        found.append(f"{label}: access must be one of {', '.join(ROLES)}")
    if not (isinstance(person.get("id"), int) and person["id"] > 0):
        found.append(f"{label}: id must be a positive number, e.g. 1001")
    if not USERNAME.fullmatch(str(person.get("username", ""))):
        found.append(f"{label}: username must be 4-32 ASCII letters, digits or underscores")
    return found
