"""The truth about tips that were sent: one row for each plan, person and day, so nothing doubles and nothing is lost.

planned → sending → sent | failed | blocked | planned again (Telegram surely did nothing) | doubt (nobody knows).
A doubt is sent once more, because Telegram never answered; a second doubt on the same row stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store import tips

# A call to Telegram lasts seconds; what is “sending” longer than this was cut off by a crash.
LEASE = timedelta(minutes=10)
# After a failure: so many tries, pauses that double from the first.
MAX_TRIES, FIRST_PAUSE = 5, timedelta(minutes=1)


@dataclass(frozen=True)
class Delivery:
    """One tip on its way; `day` is of the receiver's own calendar, `tries` counts those that failed."""

    id: int
    plan_id: int
    person_id: str
    day: date
    tries: int


@dataclass(frozen=True)
class Report:
    """How a plan went: numbers of people, reasons with their numbers, most frequent first.

    `practised` counts those who practised within a day after the tip came, `quizzed` the quizzes answered in that day,
    `right` those of them that were right; `useful` and `useless` who rated a tip so. Whether it was read nobody knows.
    """

    planned: int
    sent: int
    waiting: int
    blocked: int
    doubtful: int
    failed: int
    reasons: tuple[tuple[str, int], ...]
    practised: int
    quizzed: int
    right: int
    useful: int
    useless: int


def plan(database: Database, plan_id: int, due: Sequence[tuple[str, date, datetime]]) -> int:
    """Plan deliveries (person, day, due time) that are not planned yet; returns how many."""
    rows = [(plan_id, person, day.isoformat(), at.isoformat(), at.isoformat()) for person, day, at in due]
    with database.atomic():
        before = database.conn.total_changes
        database.conn.executemany(
            "insert or ignore into deliveries (plan_id, person_id, day, due_at, next_at) values (?, ?, ?, ?, ?)", rows
        )
        return int(database.conn.total_changes - before)


def due(database: Database, bot_id: str, now: datetime, limit: int) -> list[Delivery]:
    """The deliveries whose turn it is, the longest due first."""
    sql = """select d.* from deliveries d join tip_plans p on p.id = d.plan_id
             where d.state in ('planned', 'doubt') and d.next_at <= ? and p.bot_id = ? and p.state = 'active'
             order by d.next_at, d.id limit ?"""
    return [_delivery(row) for row in database.query(sql, [now.isoformat(), bot_id, limit])]


def begin(database: Database, delivery: Delivery, now: datetime) -> bool:
    """Take a delivery up; false where another process has it."""
    sql = """update deliveries set began_at = :now, resent = resent + (state = 'doubt'), state = 'sending'
             where id = :id and state in ('planned', 'doubt')"""
    with database.atomic():
        return database.execute(sql, {"now": now.isoformat(), "id": delivery.id}).rowcount == 1


def postpone(database: Database, delivery: Delivery, until: datetime) -> None:
    """Wait, without a try: quiet hours, or Telegram asked for patience."""
    with database.atomic():
        sql = "update deliveries set state = 'planned', next_at = ? where id = ?"
        database.execute(sql, [until.isoformat(), delivery.id])


def sent(database: Database, delivery: Delivery, tip_id: str, message_id: int, now: datetime) -> None:
    """Telegram has taken it; the person has got this tip in this message of the private chat."""
    with database.atomic():
        tips.note_message(database, int(delivery.person_id), message_id, tip_id, now)
        _end(database, delivery, "sent", "", now)
        database.table("tips_shown").insert(
            {"person_id": delivery.person_id, "tip_id": tip_id, "shown_at": now.isoformat()}
        )


def left_out(database: Database, delivery: Delivery, now: datetime) -> None:
    """The person is to get no tips any more."""
    with database.atomic():
        _end(database, delivery, "cancelled", "", now)


def blocked(database: Database, delivery: Delivery, reason: str, now: datetime) -> None:
    """The person has blocked the bot; `store/receivers.py` leaves them out until they write again."""
    with database.atomic():
        _end(database, delivery, "blocked", reason, now)


def failed(database: Database, delivery: Delivery, reason: str, now: datetime, *, for_good: bool = False) -> None:
    """Telegram did nothing: another try after a pause, at last none."""
    tries = delivery.tries + 1
    with database.atomic():
        if for_good or tries >= MAX_TRIES:
            _end(database, delivery, "failed", reason, now)
            return
        again = now + FIRST_PAUSE * 2 ** (tries - 1)
        sql = "update deliveries set state = 'planned', tries = ?, next_at = ?, reason = ? where id = ?"
        database.execute(sql, [tries, again.isoformat(), reason, delivery.id])


def doubtful(database: Database, delivery: Delivery, now: datetime) -> None:
    """Telegram did not answer: nobody knows whether the tip arrived."""
    _doubt(database, "id = :id", {"id": delivery.id, "now": now.isoformat()})


def after_crash(database: Database, now: datetime) -> None:
    """What a process took up and never marked is in doubt."""
    _doubt(database, "began_at <= :lease", {"lease": (now - LEASE).isoformat(), "now": now.isoformat()})


def report(database: Database, plan_id: int) -> Report:
    """How a plan went so far."""
    sql = """select case when state in ('planned', 'sending') or (state = 'doubt' and not resent) then 'waiting'
               else state end as stage, count(*) as n from deliveries where plan_id = ? group by stage"""
    counts = {row["stage"]: row["n"] for row in database.query(sql, [plan_id])}
    reasons = """select reason, count(*) as n from deliveries where plan_id = ? and state in ('failed', 'blocked')
                 group by reason order by n desc, reason limit 3"""
    return Report(
        planned=sum(counts.values()) - counts.get("cancelled", 0),
        sent=counts.get("sent", 0),
        waiting=counts.get("waiting", 0),
        blocked=counts.get("blocked", 0),
        doubtful=counts.get("doubt", 0),
        failed=counts.get("failed", 0),
        reasons=tuple((row["reason"], row["n"]) for row in database.query(reasons, [plan_id])),
        practised=_practised(database, plan_id),
        **_quizzes(database, plan_id),
        **_ratings(database, plan_id),
    )


def _practised(database: Database, plan_id: int) -> int:
    """People who practised within a day after a tip of the plan came; times are ISO texts in UTC."""
    sql = """select count(distinct d.person_id) as n from deliveries d join (
               select person_id, answered_at as at from attempts
               union all select person_id, reviewed_at from reviews) done
             on done.person_id = d.person_id
             where d.plan_id = ? and d.state = 'sent'
               and julianday(done.at) - julianday(d.ended_at) between 0 and 1"""
    return int(next(iter(database.query(sql, [plan_id])))["n"])


def _quizzes(database: Database, plan_id: int) -> dict[str, int]:
    """Quizzes within a day after a tip of the plan came: those of the stock and those behind managers' own tips."""
    sql = """select count(*) as quizzed, coalesce(sum(done.right), 0) as right from deliveries d join (
               select person_id, reviewed_at as at, verdict = 'yes' as right from reviews where kind = 'quiz'
               union all select person_id, answered_at, right from own_quiz_answers) done
             on done.person_id = d.person_id
             where d.plan_id = ? and d.state = 'sent'
               and julianday(done.at) - julianday(d.ended_at) between 0 and 1"""
    return dict(next(iter(database.query(sql, [plan_id]))))


def _ratings(database: Database, plan_id: int) -> dict[str, int]:
    """What those who got a tip of the plan think of it."""
    sql = """select coalesce(sum(l.rating > 0), 0) as useful, coalesce(sum(l.rating < 0), 0) as useless
             from tip_likes l join tip_plans p on p.id = :plan
             where (l.tip_id = p.tip or l.tip_id in (select tip_id from tip_issues where plan_id = :plan))
               and l.person_id in (select person_id from deliveries where plan_id = :plan and state = 'sent')"""
    return dict(next(iter(database.query(sql, {"plan": plan_id}))))


def _doubt(database: Database, which: str, values: dict[str, Any]) -> None:
    """A first doubt is sent again at once, a second one is left."""
    sql = f"""update deliveries set state = 'doubt', reason = 'doubt', ended_at = :now,
                next_at = case resent when 0 then :now else '9999' end
              where state = 'sending' and {which}"""
    with database.atomic():
        database.execute(sql, values)


def _end(database: Database, delivery: Delivery, state: str, reason: str, now: datetime) -> None:
    sql = "update deliveries set state = ?, reason = ?, ended_at = ? where id = ?"
    database.execute(sql, [state, reason, now.isoformat(), delivery.id])


def _delivery(row: dict[str, Any]) -> Delivery:
    return Delivery(row["id"], row["plan_id"], row["person_id"], date.fromisoformat(row["day"]), row["tries"])
