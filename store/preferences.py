"""What each person wants: time zone, hours, tips, the leaderboard, reminders of lists."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database


@dataclass(frozen=True)
class Preferences:
    """Hours are full hours, 0 to 23, of the person's own time zone.

    Quiet hours run from `quiet_from` until before `quiet_until`, over midnight where that is less; equal: none.
    """

    zone: str = "Asia/Shanghai"
    reminder_hour: int = 9
    quiet_from: int = 22
    quiet_until: int = 8
    tips: bool = True
    leaderboard: bool = True
    weekly: bool = True  # a manager's report on Mondays
    lists: bool = True

    def local(self, now: datetime) -> datetime:
        """A moment on the person's clock."""
        return now.astimezone(ZoneInfo(self.zone))

    def is_quiet(self, now: datetime) -> bool:
        """Whether the person does not want to be disturbed at this moment."""
        hour = self.local(now).hour
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def of(database: Database, person_id: str) -> Preferences:
    """The preferences of a person; the usual ones until they are changed."""
    rows = database.query(f"select {_COLUMNS} from preferences where person_id = ?", [person_id])
    return next((_preferences(row) for row in rows), Preferences())


def everybodys(database: Database) -> dict[str, Preferences]:
    """The preferences of all who changed them, by person."""
    rows = database.query(f"select person_id, {_COLUMNS} from preferences")
    return {row.pop("person_id"): _preferences(row) for row in rows}


def save(database: Database, person_id: str, wanted: Preferences) -> None:
    """Keep what a person wants from now on."""
    switches = {name: int(getattr(wanted, name)) for name in _SWITCHES}
    row = {"person_id": person_id, **asdict(wanted), **switches}
    with database.atomic():
        database.table("preferences").insert(row, pk="person_id", replace=True)


_SWITCHES = ("tips", "leaderboard", "weekly", "lists")
_COLUMNS = ", ".join(("zone", "reminder_hour", "quiet_from", "quiet_until", *_SWITCHES))


def _preferences(row: dict[str, Any]) -> Preferences:
    return Preferences(**{**row, **{name: bool(row[name]) for name in _SWITCHES}})
