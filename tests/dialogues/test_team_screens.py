"""What managers see: the team, assignments, appeals, the leaderboard; of the own people only, with time passed in."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from sqlite_utils import Database

from bot import pictures, reminders
from bot.engine import Picture, Reply
from bot.handlers.team_export import harmless, team_files
from store import (
    appeals,
    assignments,
    attempts,
    audit,
    deliveries,
    people,
    plans,
    preferences,
    questions,
    schedule,
    secrets,
    team_progress,
)
from store.clock import utc_now
from store.plan_times import Rhythm
from tests.admitting import admit
from tests.dialogues.speaking import spoken
from tests.dialogues.test_actions_replies import assert_sound

EAST, WEST, REP, MATE, OTHER = "2", "3", "11", "12", "13"
ACTIONS = ("show_team", "show_week", "show_appeals", "decide_appeal", "assign", "show_assignments")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def staff(database: Database) -> None:
    """Two managers; two reps in the east, one in the west."""
    admit(1, "王总", people.ADMIN)
    admit(2, "东经理", people.MANAGER, "华东")
    admit(3, "西经理", people.MANAGER, "华西")
    admit(11, "小林", team="华东")
    admit(12, "小周", team="华东")
    admit(13, "老吴", team="华西")


def practised(database: Database, person_id: str, objection: str, total: int, at: datetime, miss: bool = False) -> int:
    """An answer in a drill as it is kept; returns the attempt's id."""
    words = secrets.seal(json.dumps({"customer": "太贵了", "answer": "一分钱一分货"}, ensure_ascii=False))
    made = database["attempts"].insert(
        {
            "person_id": person_id, "turn": 1, "try": 1, "counts": 1, "objection": objection, "style": "driver",
            "total": total, "words": words, "answered_at": at.isoformat(),
        }
    ).last_pk  # fmt: skip
    check = {"attempt_id": made, "check_id": "feeling", "kind": "check", "points": 0.0, "max_points": 20.0}
    database["attempt_checks"].insert({**check, "verdict": "no" if miss else "yes"})
    return int(str(made))


async def screen(sender: str, intent: str, **entities: str) -> Reply:
    replies = await spoken(f"action_{intent}", intent, entities=entities, sender=sender)
    assert_sound(replies, f"{intent} {entities}")
    assert len(replies[-1].text.splitlines()) <= 20
    return replies[-1]


def titles(reply: Reply) -> list[str]:
    return [button.title for button in reply.buttons]


@pytest.mark.parametrize("intent", ACTIONS)
@pytest.mark.parametrize("sender", [REP, "99", f"-100:{REP}"])
async def test_closed_to_all_but_managers(sender: str, intent: str) -> None:
    forged = {"job": "too_expensive.all.7.ok", "appeal": "1", "verdict": "yes", "team": "1"}
    assert "要经理才能做" in (await screen(sender, intent, **forged)).text


# The team --------------------------------------------------------------------------------------


async def test_the_team_at_a_glance(database: Database) -> None:
    now = utc_now()
    for hours in (3, 2, 1):
        practised(database, REP, "too_expensive", 40, now - hours * HOUR, miss=True)
    practised(database, OTHER, "no_need", 90, now - HOUR)
    shown = await screen(EAST, "show_team")
    for part in ("练过的：1/2 人", "还没练：小周", "卡住的：小林", "最常漏：", "3 次"):
        assert part in shown.text
    assert "老吴" not in shown.text
    assert shown.picture is not None
    assert shown.picture.data["people"] == ["小林", "小周"]
    assert shown.picture.data["cells"][0][0] == 40, "the weakest objection comes first"


async def test_a_manager_cannot_name_another_team(database: Database) -> None:
    practised(database, OTHER, "no_need", 90, utc_now())
    west = next(iter(database["teams"].rows_where("name = ?", ["华西"])))["id"]
    shown = await screen(EAST, "show_team", team=str(west))
    assert "老吴" not in str(shown)
    assert "华西" not in shown.text


def test_thirty_reps_fit_a_picture() -> None:
    objections = [f"异议第{n}种很长" for n in range(18)]
    cells = [
        [(row * 7 + column * 13) % 101 if (row + column) % 4 else None for column in range(18)] for row in range(30)
    ]
    data = {
        "title": "华东", "summary": "34 人", "people": [f"同事{n}" for n in range(30)], "objections": objections,
        "cells": cells, "more": "另有 4 人",
    }  # fmt: skip
    assert pictures.png(Picture("team", "华东", data)).startswith(b"\x89PNG")


async def test_the_week_in_words(database: Database) -> None:
    now = utc_now()
    for hours in (3, 2, 1):
        practised(database, REP, "too_expensive", 40, now - hours * HOUR, miss=True)
    assignments.create(database, EAST, "no_need", [REP, MATE], now + HOUR, now)
    shown = await screen(f"week:{EAST}", "show_week")
    for part in ("华东 一周小结", "练过的：1/2 人", "还没练：小周", "卡住的：小林", "布置没练完：2 人次"):
        assert part in shown.text
    assert "申诉" not in shown.text
    assert titles(shown) == ["看热力图", "布置练习", "进步榜", "设置"]
    assert "老吴" not in (await screen(EAST, "show_week")).text
    assert "要经理才能做" in (await screen(f"week:{REP}", "show_week")).text


async def test_what_the_bot_asks_for_a_plan_is_not_told_to_people(database: Database) -> None:
    practised(database, REP, "too_expensive", 40, utc_now(), miss=True)
    plan = plans.draft(database, "10", EAST, Rhythm.NOW, utc_now().date(), utc_now())
    found = await screen(f"plan:{plan.id}", "offer_weak")
    assert titles(found)[0] == "太贵了（1 人）"
    assert found.buttons[0].payload == '/offer_weak{"weak":"o.too_expensive.6.60"}'
    for sender in (REP, EAST, f"-100:{REP}", "plan:99", "plan:x"):
        assert titles(await screen(sender, "offer_weak")) == [], sender


async def test_the_stock_by_objection() -> None:
    groups = await screen("plan:1", "offer_stock")
    assert "太贵了" in titles(groups)
    assert all(
        button.payload.startswith("/show_tip")
        for button in (await screen("plan:1", "offer_stock", named_objection="too_expensive")).buttons
    )


# The leaderboard -------------------------------------------------------------------------------


async def test_the_leaderboard_shows_who_wants_to_be_shown(database: Database) -> None:
    now = utc_now()
    practised(database, REP, "too_expensive", 40, now - timedelta(days=40))
    for person in (REP, MATE):
        for hours in (3, 2, 1):
            practised(database, person, "too_expensive", 90, now - hours * HOUR)
    preferences.save(database, MATE, preferences.Preferences(leaderboard=False))
    shown = await screen(REP, "show_ranking")
    assert "小林 +50" in shown.text
    assert "小林 3 次" in shown.text
    assert "小周" not in shown.text
    assert "榜上还没有人" in (await screen(OTHER, "show_ranking")).text


# Assignments -----------------------------------------------------------------------------------


async def test_a_drill_is_assigned_step_by_step_and_its_result_seen(database: Database) -> None:
    await screen(EAST, "assign")
    assert "1 小周" in titles(await screen(EAST, "assign", job="too_expensive"))
    assert "7 天" in titles(await screen(EAST, "assign", job="too_expensive.all"))
    asked = await screen(EAST, "assign", job="too_expensive.all.3")
    assert titles(asked) == ["确定布置", "算了"]
    assert database["assignments"].count == 0
    assert "2 人" in (await screen(EAST, "assign", job="too_expensive.all.3.ok")).text
    assert audit.entries(database)[0].action == "assign"
    practised(database, REP, "too_expensive", 70, utc_now())
    shown = await screen(EAST, "show_assignments")
    assert "1/2" in shown.text
    assert "还差小周" in shown.text
    assert "还没有布置" in (await screen(WEST, "show_assignments")).text


async def test_the_weakest_three_are_assigned_as_a_set(database: Database) -> None:
    practised(database, REP, "no_need", 20, utc_now())
    practised(database, MATE, "wait_and_see", 40, utc_now())
    practised(database, MATE, "too_expensive", 90, utc_now())
    assert "最弱的三类" in titles(await screen(EAST, "assign"))
    await screen(EAST, "assign", job="set")
    assert "不需要" in (await screen(EAST, "assign", job="set.all.3")).text
    await screen(EAST, "assign", job="set.all.3.ok")
    made = [row["objection"] for row in database["assignments"].rows]
    assert len(made) == 3
    assert made[:2] == ["no_need", "wait_and_see"]
    assert "too_expensive" not in made[:2]


async def test_the_results_are_paged(database: Database) -> None:
    for _ in range(9):
        assignments.create(database, EAST, "too_expensive", [REP], utc_now() + HOUR, utc_now())
    assert "下一页" in titles(await screen(EAST, "show_assignments"))
    assert "上一页" in titles(await screen(EAST, "show_assignments", page="2"))


@pytest.mark.parametrize("job", [f"too_expensive.p{OTHER}.3.ok", "too_expensive.t99.3.ok", "x.all.3.ok"])
async def test_nothing_is_assigned_beyond_the_own_people(job: str, database: Database) -> None:
    await screen(EAST, "assign", job=job)
    assert database["assignments"].count == 0


def test_reminders_come_once_a_day_ahead_and_not_at_night(database: Database) -> None:
    noon = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)  # 12:00 in Beijing
    assignments.create(database, EAST, "too_expensive", [REP, MATE, OTHER], noon + timedelta(days=3), noon)
    practised(database, OTHER, "too_expensive", 70, noon + HOUR)
    preferences.save(database, MATE, preferences.Preferences(zone="America/New_York"))
    told = reminders.due(noon, local=False)
    assert [(each.person_id, each.first) for each in told] == [(REP, True)], "told at once, in New York later"
    assert assignments.note_reminded(database, told[0], noon)
    later = reminders.due(noon + 12 * HOUR, local=False)
    assert [(each.person_id, each.first) for each in later] == [(MATE, True)]
    assert assignments.note_reminded(database, later[0], noon + 12 * HOUR)
    assert reminders.due(noon + 12 * HOUR, local=False) == []
    eve = noon + timedelta(days=2, hours=1)
    found = reminders.due(eve, local=False)
    assert [each.person_id for each in found] == [REP], "in New York it is midnight"
    assert assignments.note_reminded(database, found[0], eve)
    assert not assignments.note_reminded(database, found[0], eve), "a second process sends nothing"
    assert [each.person_id for each in reminders.due(eve + 12 * HOUR, local=False)] == [MATE]
    assert reminders.due(eve, local=True) == []
    people.remove(database, MATE, eve)
    assert reminders.due(eve + 12 * HOUR, local=False) == []


# Appeals ---------------------------------------------------------------------------------------


async def test_an_appeal_is_decided_by_the_own_manager_only(database: Database) -> None:
    attempt = practised(database, REP, "too_expensive", 40, utc_now(), miss=True)
    assert appeals.file(database, attempt, "feeling", utc_now())
    shown = await screen(EAST, "show_appeals")
    for part in ("小林", "一分钱一分货", "太贵了", "没做到"):
        assert part in shown.text
    assert "没有等你定的" in (await screen(WEST, "show_appeals")).text
    number = str(appeals.pending(database)[0].id)
    assert "不归你定" in (await screen(WEST, "decide_appeal", appeal=number, verdict="yes")).text
    assert "已经定了" in (await screen(EAST, "decide_appeal", appeal=number, verdict="best")).text
    assert titles(shown) == ["改成做到了", "维持原判"]
    await screen(EAST, "decide_appeal", appeal=number, verdict="yes")
    decided = appeals.get(database, int(number))
    assert decided is not None
    assert (decided.verdict, decided.decided_by) == ("yes", EAST)
    assert audit.entries(database)[0].action == "appeal"


async def test_a_fault_is_appealed_in_its_own_words(database: Database) -> None:
    attempt = practised(database, REP, "too_expensive", 40, utc_now())
    fault = {"attempt_id": attempt, "check_id": "pushy", "kind": "fault", "points": -8.0, "max_points": 8.0}
    conduct = {"attempt_id": attempt, "check_id": "conduct", "kind": "check", "points": 10.0, "max_points": 20.0}
    database["attempt_checks"].insert_all([{**fault, "verdict": "yes"}, {**conduct, "verdict": "partly"}])
    assert appeals.file(database, attempt, "pushy", utc_now())
    shown = await screen(EAST, "show_appeals")
    assert titles(shown) == ["改成没犯", "维持原判"]
    assert "pushy" not in shown.text
    number = str(appeals.pending(database)[0].id)
    await screen(EAST, "decide_appeal", appeal=number, verdict="no")
    assert attempts.checks_of(database, attempt)["conduct"].points == 18


# CSV -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["=1+1", "+86", "-2", "@sum", "\t=1", " =cmd|' /C calc'!A0", "＝1"])
def test_names_are_no_formulas(name: str) -> None:
    assert harmless(name) == f"'{name}"
    assert harmless("小林=") == "小林="


def test_the_csv_files_hold_everything_of_the_own_people_but_their_words(database: Database) -> None:
    for person in (REP, OTHER):
        practised(database, person, "too_expensive", 40, utc_now(), miss=True)
        schedule.rate(database, person, schedule.quiz("price_first"), "yes", utc_now())
        assignments.create(database, EAST, "too_expensive", [person], utc_now() + HOUR, utc_now())
        deliveries.plan(database, 1, [(person, utc_now().date(), utc_now())])
        questions.record(database, questions.Question(f"-100:{person}", "too_expensive", "answered"), utc_now())
    manager = people.member(database, EAST)
    assert manager is not None
    files = {name: content.decode("utf-8-sig") for name, content in team_files(manager, utc_now()).items()}
    assert list(files) == ["team", "answers", "quizzes", "assignments", "tips", "questions"]
    for name, content in files.items():
        assert "小林" in content, name
        assert "老吴" not in content, name
        assert f",{OTHER}," not in content, name
        assert "一分钱" not in content, "their words stay theirs"
    assert "feeling=no" in files["answers"]


def test_the_csv_holds_the_own_people_only(database: Database) -> None:
    admit(14, '=HYPERLINK("http://x")', team="华东")
    practised(database, REP, "too_expensive", 40, utc_now())
    practised(database, OTHER, "no_need", 90, utc_now())
    manager = people.member(database, EAST)
    assert manager is not None
    files = team_files(manager, utc_now())
    text = files["team"].decode("utf-8-sig")
    assert "小林,rep,华东,too_expensive,40,1" in text
    assert "\"'=HYPERLINK" in text
    assert "老吴" not in text
    assert audit.entries(database)[0].action == "export"


def test_no_people_no_figures(database: Database) -> None:
    practised(database, REP, "too_expensive", 40, utc_now())
    assert team_progress.cells(database, []) == []
    assert team_progress.answers(database, [], utc_now() - HOUR) == {}
