"""When a tip may reach a person: the plan's hour in the person's own time zone, never in quiet hours; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from zoneinfo import ZoneInfo

from store.preferences import Preferences


class Rhythm(str, Enum):
    """On which days a plan sends; `NOW` is once, as soon as it is confirmed."""

    NOW = "now"
    ONCE = "once"
    DAILY = "daily"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True)
class Receiver:
    """A person who gets tips, and what that person wants."""

    person_id: str
    wants: Preferences

    def not_before(self, moment: datetime) -> datetime:
        """The moment, or the end of the quiet hours that it falls into; in the moment's own zone."""
        if not self.wants.is_quiet(moment):
            return moment
        there = self.wants.local(moment)
        end = there.replace(hour=self.wants.quiet_until, minute=0, second=0, microsecond=0)
        return (end if end > there else end + timedelta(days=1)).astimezone(moment.tzinfo)


def due_at(receiver: Receiver, rhythm: Rhythm, hour: int, starts_on: date, day: date) -> datetime | None:
    """When a plan reaches the receiver on a day of the receiver's own calendar; None on other days.

    `hour` is 0 to 23. An hour that clocks skip in spring falls on the next one. `NOW` has no hour, see `not_before`.
    """
    if day < starts_on or (rhythm is Rhythm.ONCE and day != starts_on):
        return None
    if rhythm is Rhythm.WEEKDAYS and day.isoweekday() > 5:
        return None
    there = datetime.combine(day, time(hour), ZoneInfo(receiver.wants.zone))
    return receiver.not_before(there.astimezone(timezone.utc))
