"""Tips that managers write themselves: a text, a picture if they like, a quiz behind it; in the manager's own order."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

# In front of the number, so that an own tip and one of the stock are told apart.
PREFIX = "own:"
# What a manager is asked for.
WORDS, QUIZ = "words", "quiz"


@dataclass(frozen=True)
class OwnQuiz:
    """The question behind a tip; `correct` counts the options from 0, `why` may be ""."""

    question: str
    options: tuple[str, ...]
    correct: int
    why: str


@dataclass(frozen=True)
class OwnTip:
    """One tip; `picture` is Telegram's id of a file, or ""."""

    id: int
    made_by: str
    text: str
    picture: str
    quiz: OwnQuiz | None = None

    @property
    def key(self) -> str:
        """As plans and deliveries name it."""
        return f"{PREFIX}{self.id}"


def ask_for(database: Database, person_id: str, number: int, now: datetime, part: str = WORDS) -> None:
    """Remember that a manager was asked for a part of a tip: of a new one where the number is 0."""
    row = {"person_id": person_id, "tip": number, "asked_at": now.isoformat(), "part": part}
    with database.atomic():
        database.table("tip_writing").insert(row, pk="person_id", replace=True)


def asked_for(database: Database, person_id: str, since: datetime) -> tuple[int, str] | None:
    """(number, part) for which this person was asked since then; None for nobody asked."""
    sql = "select tip, part from tip_writing where person_id = ? and asked_at >= ?"
    rows = database.query(sql, [person_id, since.isoformat()])
    return next(((int(row["tip"]), str(row["part"])) for row in rows), None)


def ask_no_more(database: Database, person_id: str) -> None:
    """The person does something else."""
    with database.atomic():
        database.execute("delete from tip_writing where person_id = ?", [person_id])


def write(database: Database, made_by: str, number: int, text: str, picture: str, now: datetime) -> OwnTip:
    """Keep the words that were asked for: a new tip where the number is 0, else the manager's own one anew."""
    row = {"made_by": made_by, "text": text, "picture": picture, "made_at": now.isoformat()}
    with database.atomic():
        ask_no_more(database, made_by)
        if number:
            sql = "update own_tips set text = ?, picture = ? where id = ? and made_by = ?"
            database.execute(sql, [text, picture, number, made_by])
        else:
            number = int(str(database.table("own_tips").insert(row).last_pk))
            database.execute("update own_tips set place = id where id = ?", [number])
    return OwnTip(number, made_by, text, picture)


def set_quiz(database: Database, made_by: str, number: int, quiz: OwnQuiz | None) -> None:
    """Put a quiz behind the manager's own tip, or take it away; answers to an earlier one go."""
    kept = json.dumps(asdict(quiz), ensure_ascii=False) if quiz else ""
    with database.atomic():
        ask_no_more(database, made_by)
        sql = "update own_tips set quiz = ? where id = ? and made_by = ?"
        if database.execute(sql, [kept, number, made_by]).rowcount:
            database.execute("delete from own_quiz_answers where tip = ?", [number])


def note_answer(database: Database, person_id: str, number: int, right: bool, now: datetime) -> None:
    """How a person answered the quiz behind a tip; the first answer counts."""
    sql = "insert or ignore into own_quiz_answers (person_id, tip, right, answered_at) values (?, ?, ?, ?)"
    with database.atomic():
        database.execute(sql, [person_id, number, int(right), now.isoformat()])


def retire(database: Database, made_by: str, number: int, now: datetime) -> bool:
    """Offer a tip no longer; false where it is not this manager's."""
    sql = "update own_tips set retired_at = ? where id = ? and made_by = ? and retired_at is null"
    with database.atomic():
        return database.execute(sql, [now.isoformat(), number, made_by]).rowcount == 1


def move_up(database: Database, made_by: str, number: int) -> None:
    """Let a tip change places with the one before it; the first stays first."""
    order = [tip.id for tip in of(database, made_by)]
    if number not in order[1:]:
        return
    before = order[order.index(number) - 1]
    with database.atomic():
        places = {row["id"]: row["place"] for row in database.query(_PLACES, [number, before])}
        for moved, place in ((number, places[before]), (before, places[number])):
            database.execute("update own_tips set place = ? where id = ?", [place, moved])


_PLACES = "select id, place from own_tips where id in (?, ?)"


def of(database: Database, made_by: str) -> list[OwnTip]:
    """A manager's tips that are on offer, in the manager's order; a new one comes first."""
    sql = f"select {_COLUMNS} from own_tips where made_by = ? and retired_at is null order by place desc"
    return [_tip(row) for row in database.query(sql, [made_by])]


def find(database: Database, key: str) -> OwnTip | None:
    """The tip of a key, also a retired one; None for keys of the stock."""
    number = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not number.isdecimal():
        return None
    sql = f"select {_COLUMNS} from own_tips where id = ?"
    return next((_tip(row) for row in database.query(sql, [int(number)])), None)


_COLUMNS = "id, made_by, text, picture, quiz"


def _tip(row: dict[str, Any]) -> OwnTip:
    quiz = json.loads(row["quiz"]) if row["quiz"] else None
    return OwnTip(**{**row, "quiz": OwnQuiz(**{**quiz, "options": tuple(quiz["options"])}) if quiz else None})
