"""What `/export team` hands to a manager, as tables: everything that is kept of the own people except their words.

Every function takes the ids of the people whom the asking manager may see. Times are ISO texts in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
_PEOPLE = "(select value from json_each(:people))"

# Table → its columns, the person's id first, so that they stand in the order of the file.
_QUERIES = {
    "answers": f"""select a.person_id, a.answered_at, a.drill_id, a.turn, a.try, a.counts, a.objection, a.style,
                     a.industry, a.level, a.total, a.unscorable, a.reaction,
                     (select group_concat(c.check_id || '=' || c.verdict, ' ') from attempt_checks c
                      where c.attempt_id = a.id) as checks
                   from attempts a where a.person_id in {_PEOPLE} order by a.answered_at, a.id""",
    "quizzes": f"""select person_id, reviewed_at, subject as quiz, verdict from reviews
                   where kind = 'quiz' and person_id in {_PEOPLE}
                   union all select person_id, answered_at, 'own:' || tip, case right when 1 then 'yes' else 'no' end
                   from own_quiz_answers where person_id in {_PEOPLE} order by 2, 1""",
    "assignments": f"""select g.person_id, a.id as assignment, a.objection, a.made_at, a.due_at,
                         g.told_at, g.reminded_at,
                         (select min(t.answered_at) from attempts t where t.person_id = g.person_id
                          and t.objection = a.objection and t.total is not null
                          and t.answered_at >= a.made_at) as done_at
                       from assigned g join assignments a on a.id = g.assignment_id
                       where g.person_id in {_PEOPLE} order by a.id, g.person_id""",
    "tips": f"""select d.person_id, d.plan_id as plan, d.day, d.due_at, d.state, d.ended_at, d.tries, d.reason
                from deliveries d where d.person_id in {_PEOPLE} order by d.due_at, d.id""",
    "questions": f"""select substr(sender_id, instr(sender_id, ':') + 1) as person_id, asked_at, intent,
                       objection, style, technique, outcome from questions
                     where substr(sender_id, instr(sender_id, ':') + 1) in {_PEOPLE} order by asked_at, id""",
}


def tables(database: Database, person_ids: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of each table, oldest first; tables without any are left out."""
    given = {"people": json.dumps(list(person_ids))}
    found = {name: list(database.query(sql, given)) for name, sql in _QUERIES.items()}
    return {name: rows for name, rows in found.items() if rows}
