"""When a tip may reach a person: the plan's hour in the person's own time zone, never in quiet hours; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo


class Rhythm(str, Enum):
    """On which days a plan sends; `NOW` is once, as soon as it is confirmed."""

    NOW = "now"
    ONCE = "once"
    DAILY = "daily"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True)
class Receiver:
    """A person who gets tips; quiet hours begin and end at full hours of `zone`, equal ones mean none."""

    person_id: str
    zone: str
    quiet_from: int
    quiet_until: int

    def local(self, moment: datetime) -> datetime:
        """The moment on the person's own clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def is_quiet(self, hour: int) -> bool:
        """Whether an hour of the person's day is a quiet one; quiet hours may pass midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def not_before(self, moment: datetime) -> datetime:
        """The moment, or the end of the quiet hours that it falls into."""
        there = self.local(moment)
        if not self.is_quiet(there.hour):
            return moment
        end = there.replace(hour=self.quiet_until, minute=0, second=0, microsecond=0)
        return _utc_of(end if end > there else end + timedelta(days=1), moment)


def due_at(receiver: Receiver, rhythm: Rhythm, hour: int, starts_on: date, day: date, now: datetime) -> datetime | None:
    """When a plan reaches the receiver on a day of the receiver's own calendar; None on other days.

    `hour` is 0 to 23; `NOW` means at `now`. An hour that clocks skip in spring falls on the next one.
    """
    if rhythm is Rhythm.NOW:
        return receiver.not_before(now)
    if day < starts_on or (rhythm is Rhythm.ONCE and day != starts_on):
        return None
    if rhythm is Rhythm.WEEKDAYS and day.isoweekday() > 5:
        return None
    return receiver.not_before(_utc_of(datetime.combine(day, time(hour), ZoneInfo(receiver.zone)), now))


def _utc_of(moment: datetime, like: datetime) -> datetime:
    return moment.astimezone(like.tzinfo)
