"""Plans of managers to send tips: what, to whom, on which days, at which hour; and which tip it was on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlite_utils import Database

from store.plan_times import Receiver, Rhythm
from store.receivers import Audience, receivers

# The tip of a plan that picks what its receivers miss most, anew for every day.
SURPRISE = ""


class State(str, Enum):
    """A draft sends nothing until it is confirmed."""

    DRAFT = "draft"
    ACTIVE = "active"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Plan:
    """One plan; `tip` is an id of the stock, of an own tip, or `SURPRISE`; `bot_id` is who sends it."""

    id: int
    bot_id: str
    made_by: str
    rhythm: Rhythm
    hour: int
    starts_on: date
    audience: Audience
    tip: str
    state: State
    confirmed_at: datetime | None = None

    def tip_day(self, day: date) -> date:
        """The day under which the tip is settled: a plan that sends once has one tip, wherever its receivers live."""
        return self.starts_on if self.rhythm in (Rhythm.NOW, Rhythm.ONCE) else day


def draft(database: Database, bot_id: str, made_by: str, rhythm: Rhythm, starts_on: date, now: datetime) -> Plan:
    """A new plan to fill in; drafts that this manager left unfinished go."""
    row = {
        "bot_id": bot_id,
        "made_by": made_by,
        "rhythm": rhythm.value,
        "hour": 9,
        "starts_on": starts_on.isoformat(),
        "audience": "everybody",
        "audience_value": "",
        "tip": SURPRISE,
        "state": State.DRAFT.value,
        "made_at": now.isoformat(),
    }
    with database.atomic():
        database.execute("delete from tip_plans where made_by = ? and state = 'draft'", [made_by])
        made = database.table("tip_plans").insert(row)
    plan = get(database, int(str(made.last_pk)))
    assert plan is not None
    return plan


def get(database: Database, plan_id: int) -> Plan | None:
    """The plan of this id."""
    return next((_plan(row) for row in database.query("select * from tip_plans where id = ?", [plan_id])), None)


def change(database: Database, plan: Plan, **values: Any) -> Plan:
    """Another hour, start, audience or tip of a draft."""
    changed = replace(plan, **values)
    with database.atomic():
        database.execute(
            """update tip_plans set hour = ?, starts_on = ?, audience = ?, audience_value = ?, tip = ?
               where id = ? and state = 'draft'""",
            [changed.hour, changed.starts_on.isoformat(), *changed.audience, changed.tip, plan.id],
        )
    return changed


def confirm(database: Database, plan_id: int, now: datetime) -> bool:
    """Let a draft begin; false where it is none (any more), so that two presses begin it once."""
    with database.atomic():
        sql = "update tip_plans set state = 'active', confirmed_at = ? where id = ? and state = 'draft'"
        return database.execute(sql, [now.isoformat(), plan_id]).rowcount == 1


def cancel(database: Database, plan_id: int) -> bool:
    """End a plan; what it has not sent yet is not sent. False where it had ended."""
    with database.atomic():
        sql = "update tip_plans set state = 'cancelled' where id = ? and state <> 'cancelled'"
        ended = database.execute(sql, [plan_id]).rowcount == 1
        database.execute("update deliveries set state = 'cancelled' where plan_id = ? and state = 'planned'", [plan_id])
    return ended


def active(database: Database, bot_id: str) -> list[Plan]:
    """The plans that this bot sends."""
    return [
        _plan(row)
        for row in database.query("select * from tip_plans where bot_id = ? and state = 'active' order by id", [bot_id])
    ]


def made_by(database: Database, person_id: str) -> list[Plan]:
    """A manager's plans, the latest first, without drafts."""
    sql = "select * from tip_plans where made_by = ? and state <> 'draft' order by id desc"
    return [_plan(row) for row in database.query(sql, [person_id])]


def receivers_of(database: Database, plan: Plan) -> list[Receiver]:
    """Who gets the plan's tips at present."""
    return receivers(database, plan.made_by, plan.audience)


def issue(database: Database, plan_id: int, day: date, tip: str) -> str:
    """The plan's tip of a day: this one, unless one was settled before."""
    with database.atomic():
        database.execute(
            "insert or ignore into tip_issues (plan_id, day, tip_id) values (?, ?, ?)", [plan_id, day.isoformat(), tip]
        )
        rows = database.query("select tip_id from tip_issues where plan_id = ? and day = ?", [plan_id, day.isoformat()])
        return str(next(iter(rows))["tip_id"])


def issued(database: Database, plan_id: int, day: date) -> str | None:
    """The plan's tip of a day, where it is settled."""
    sql = "select tip_id from tip_issues where plan_id = ? and day = ?"
    return next((str(row["tip_id"]) for row in database.query(sql, [plan_id, day.isoformat()])), None)


def _plan(row: dict[str, Any]) -> Plan:
    return Plan(
        id=row["id"],
        bot_id=row["bot_id"],
        made_by=row["made_by"],
        rhythm=Rhythm(row["rhythm"]),
        hour=row["hour"],
        starts_on=date.fromisoformat(row["starts_on"]),
        audience=Audience(row["audience"], row["audience_value"]),
        tip=row["tip"],
        state=State(row["state"]),
        confirmed_at=datetime.fromisoformat(row["confirmed_at"]) if row["confirmed_at"] else None,
    )
