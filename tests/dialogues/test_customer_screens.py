"""Customer cards and reviews of visits as screens: whose they are, what is sealed, who sees what is shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.engine import EngineUnavailable, Reply
from dialogues.actions._customer import day_title
from knowledge.customer_card import customer_card
from store import customers, people, personal, visits
from store.clock import utc_now
from store.customers import Card, Customer
from tests.admitting import admit
from tests.dialogues.speaking import spoken
from tests.dialogues.test_actions_replies import assert_sound

REP, OTHER, EAST, WEST = "11", "12", "2", "3"
SECRET = "话少，一直翻数据"
FULL = {name: [f"{'很长' * 29}{n}" for n in range(4)] for name in customer_card().fields}


@pytest.fixture(autouse=True)
def staff(database: Database) -> None:
    """Two managers, each with a team of one rep."""
    admit(2, "东经理", people.MANAGER, "华东")
    admit(3, "西经理", people.MANAGER, "华西")
    admit(11, "小林", team="华东")
    admit(12, "老周", team="华西")


def made(database: Database, person: str = REP, name: str = "张总", **card: Any) -> Customer:
    """A customer with a card."""
    customer = replace(customers.add(database, person, name, utc_now()), card=Card(**card))
    customers.keep(database, customer, utc_now())
    return customer


async def screen(sender: str, intent: str, text: str | None = None, /, **entities: Any) -> Reply:
    """The one reply to a button, or to words typed for the slot `words`."""
    slots = {name[1:]: entities.pop(name) for name in list(entities) if name.startswith("_")}
    given = {name: str(value) for name, value in entities.items()}
    replies = await spoken(f"action_{intent}", intent, text, given, slots, sender)
    assert_sound(replies, f"{intent} {entities}")
    assert len(replies[0].text.splitlines()) <= 20
    return replies[0]


async def pressed(sender: str, intent: str, entities: dict[str, str]) -> list[Reply]:
    """All replies to a button; [] where another action is to follow, which shows the list."""
    try:
        return await spoken(f"action_{intent}", intent, entities=entities, sender=sender)
    except EngineUnavailable:
        return []


def titles(reply: Reply) -> list[str]:
    return [button.title for button in reply.buttons]


# Cards -----------------------------------------------------------------------------------------


async def test_a_card_shows_what_the_next_visit_needs(database: Database) -> None:
    card = {"style": "driver", "trust": "meeting", "notes": {"objections": ["too_expensive"], "observations": [SECRET]}}
    customer = made(database, **card)
    shown = await screen(REP, "show_customer", customer=customer.id)
    for part in ("张总", "控制型", SECRET, "约会", "再往前：信赖", "太贵了", "只有你看得到"):
        assert part in shown.text
    assert {"怎么跟他谈", "接「太贵了」", "📝 复盘"} <= set(titles(shown))


async def test_the_fullest_card_fits_a_screen(database: Database) -> None:
    customer = made(database, name="顶顶长的建材公司王总监理", style="contrarian", trust="known", notes=FULL)
    for part in ({}, {"part": "data"}):
        shown = await screen(REP, "show_customer", customer=customer.id, **part)
        assert len(shown.text) <= 420
    assert len((await screen(REP, "add_note", note=f"{customer.id}.roles")).text) <= 360
    customers.keep(database, replace(customer, card=customer.card.with_note("roles", "老板：决策者")), utc_now())
    assert "先删掉" in (await screen(REP, "add_note", note=f"{customer.id}.roles")).text


@pytest.mark.parametrize(
    ("intent", "entities"),
    [
        ("show_customer", {"customer": "{id}"}),
        ("add_note", {"note": "{id}.roles"}),
        ("set_note", {"note": "{id}.style.driver"}),
        ("set_note", {"note": "{id}.share.1"}),
        ("drop_note", {"note": "{id}.all", "sure": "1"}),
        ("remind_customer", {"customer": "{id}"}),
        ("show_shared", {"customer": "{id}"}),
    ],
)
@pytest.mark.parametrize("sender", [OTHER, EAST])
async def test_nobody_else_sees_or_changes_it(
    sender: str, intent: str, entities: dict[str, str], database: Database
) -> None:
    customer = made(database, notes={"roles": ["采购主管：评估者"]})
    given = {name: value.format(id=customer.id) for name, value in entities.items()}
    replies = await pressed(sender, intent, given)
    assert not any("张总" in reply.text or "采购" in reply.text for reply in replies)
    assert customers.find(database, REP, customer.id) == customer


@pytest.mark.parametrize("intent", ["show_customer", "add_customer", "add_note", "set_note", "drop_note"])
async def test_in_a_group_nothing_is_shown(intent: str, database: Database) -> None:
    customer = made(database)
    shown = await screen(f"-100:{REP}", intent, customer=customer.id, note=f"{customer.id}.style.driver")
    assert "私聊" in shown.text


@pytest.mark.parametrize(
    "note", ["", "x", "1.2.3", "{id}", "{id}.x.y", "{id}.style.x", "{id}.remind.99999999999999999"]
)
async def test_forged_places_change_nothing(note: str, database: Database) -> None:
    customer = made(database)
    for intent in ("set_note", "drop_note", "add_note"):
        await pressed(REP, intent, {"note": note.format(id=customer.id)})
    assert customers.find(database, REP, customer.id) == customer


async def test_names_are_checked(database: Database) -> None:
    made(database)
    for words, told in (("张总", "已经有"), ("張總", "已经有"), ("王", "2 到"), ("王" * 13, "2 到")):
        assert told in (await screen(REP, "keep_note", words, _words=words)).text
    assert "王总" in (await screen(REP, "keep_note", "王总", _words="王总")).text
    assert sorted(customers.names(database, REP).values()) == ["张总", "王总"]


async def test_the_next_step_takes_the_place_of_the_old_one_and_its_day_is_the_reminder(database: Database) -> None:
    customer = made(database, notes={"next_step": ["旧的"]})
    place = f"{customer.id}.next_step"
    asked = await screen(REP, "keep_note", "带样品去测试", _words="带样品去测试", _note_place=place)
    assert {"明天", "一周后", "不用提醒"} <= set(titles(asked))
    shown = await screen(REP, "keep_note", "明天带样品", _words="明天带样品", _note_place=place)
    kept = customers.find(database, REP, customer.id)
    assert kept is not None
    assert kept.remind_on is not None
    assert kept.card.of("next_step") == ["明天带样品"]
    assert "🔔 提醒" in shown.text
    await screen(REP, "set_note", note=f"{place}.done")
    kept = customers.find(database, REP, customer.id)
    assert kept is not None
    assert (kept.remind_on, kept.card.of("next_step")) == (None, [])


async def test_a_style_is_kept_with_what_was_seen(database: Database) -> None:
    customer = made(database)
    await screen(REP, "set_note", note=f"{customer.id}.style.analytical", _seen=f"{customer.id}:{SECRET}")
    kept = customers.find(database, REP, customer.id)
    assert kept is not None
    assert (kept.card.style, kept.card.of("observations")) == ("analytical", [SECRET])


async def test_deleting_asks_once_and_takes_the_reviews_along(database: Database) -> None:
    customer = made(database, notes={"roles": ["采购主管"]})
    visits.begin(database, REP, customer.id, utc_now())
    visits.begin(database, REP, None, utc_now())
    assert "真的删掉" in (await screen(REP, "drop_note", note=f"{customer.id}.roles.0")).text
    await screen(REP, "drop_note", note=f"{customer.id}.roles.0", sure=1)
    assert "真的删掉" in (await screen(REP, "drop_note", note=f"{customer.id}.all")).text
    assert customers.find(database, REP, customer.id)
    await screen(REP, "drop_note", note=f"{customer.id}.all", sure=1)
    assert customers.names(database, REP) == {}
    assert database["visits"].count == 1


def test_the_number_of_a_deleted_card_is_not_used_again(database: Database) -> None:
    now = utc_now()
    first = customers.add(database, REP, "张总", now)
    assert customers.add(database, OTHER, "李总", now).id == first.id + 1
    customers.drop(database, first)
    assert customers.add(database, REP, "李总", now + timedelta(seconds=2)).id > first.id + 1


# Sharing ---------------------------------------------------------------------------------------


async def test_a_manager_sees_what_is_shared_of_the_own_team_and_no_more(database: Database) -> None:
    shared, private = made(database, name="张总"), made(database, name="李总")
    west = made(database, OTHER, "赵总")
    assert "整张卡给你的经理看" in (await screen(REP, "set_note", note=f"{shared.id}.share")).text
    assert "还没有人" in (await screen(EAST, "show_shared")).text
    for sender, customer in ((REP, shared), (OTHER, west)):
        await screen(sender, "set_note", note=f"{customer.id}.share.1")
    assert titles(await screen(EAST, "show_shared")) == ["📇 张总 · 小林"]
    assert "小林分享的" in (await screen(EAST, "show_shared", customer=shared.id)).text
    for hidden in (private.id, west.id):
        assert "分享的）" not in (await screen(EAST, "show_shared", customer=hidden)).text
    await screen(REP, "set_note", note=f"{shared.id}.share")
    assert "还没有人" in (await screen(EAST, "show_shared")).text


async def test_only_managers_see_what_is_shared(database: Database) -> None:
    customer = made(database)
    await screen(REP, "set_note", note=f"{customer.id}.share.1")
    assert "要经理才能做" in (await screen(OTHER, "show_shared", customer=customer.id)).text


# Reviews ---------------------------------------------------------------------------------------


async def answered(person: str, review: int, *answers: str) -> Reply:
    """The reply to the last of several typed answers."""
    for words in answers:
        reply = await screen(person, "keep_answer", words, _words=words, _review=str(review))
    return reply


async def test_a_review_is_answered_kept_shared_and_deleted(database: Database) -> None:
    assert "（1/4）" in (await screen(REP, "start_review")).text
    [visit] = visits.newest(database, REP, 9)
    asked = await answered(REP, visit.id, "他要省电", "讲了公司的案例", "对手报价更低")
    assert "（4/4）" in asked.text
    done = await answered(REP, visit.id, "价格上没谈拢")
    assert "价格上没谈拢" in done.text
    assert "只有你看得到" in done.text
    assert "经理也看得到" in (await screen(REP, "show_review", visit=visit.id, do="share")).text
    assert "价格上没谈拢" in (await screen(EAST, "show_shared", visit=visit.id)).text
    assert "价格上没谈拢" not in (await screen(WEST, "show_shared", visit=visit.id)).text
    assert "价格上没谈拢" not in (await screen(OTHER, "show_review", visit=visit.id)).text
    assert "真的删掉" in (await screen(REP, "show_review", visit=visit.id, do="drop")).text
    await screen(REP, "show_review", visit=visit.id, do="sure")
    assert database["visits"].count == 0


async def test_a_review_left_open_goes_on_but_not_for_another_customer(database: Database) -> None:
    customer = made(database)
    await screen(REP, "start_review")
    [visit] = visits.newest(database, REP, 9)
    await answered(REP, visit.id, "他要省电")
    assert "（2/4）" in (await screen(REP, "start_review")).text
    assert "张总（1/4）" in (await screen(REP, "start_review", customer=customer.id)).text


async def test_questions_can_be_passed_over_and_long_answers_are_refused(database: Database) -> None:
    await screen(REP, "start_review")
    [visit] = visits.newest(database, REP, 9)
    assert "有点长" in (await answered(REP, visit.id, "长" * 201)).text
    for _ in range(4):
        done = await screen(REP, "skip_question", visit=visit.id)
    assert "📝 复盘 ·" in done.text


async def test_the_fullest_review_fits_a_screen(database: Database) -> None:
    visit = visits.begin(database, REP, made(database, name="顶顶长的建材公司王总监理").id, utc_now())
    for _ in range(4):
        visit = visit.answered("长" * 200, ["complaint_salesperson", "competitor_cheaper"])
    visits.keep(database, visit)
    shown = await screen(REP, "show_review", visit=visit.id)
    assert len(shown.text) <= 350
    assert "看全文" in titles(shown)


# At rest ---------------------------------------------------------------------------------------


async def test_nothing_of_it_can_be_read_in_the_file_and_all_of_it_is_exported(database: Database) -> None:
    customer = made(database, notes={"observations": [SECRET]}, style="driver")
    visit = visits.begin(database, REP, customer.id, utc_now()).answered("他嫌价格高", ["too_expensive"])
    visits.keep(database, visit)
    database.execute("pragma wal_checkpoint(truncate)").fetchall()
    content = Path(database.execute("pragma database_list").fetchall()[0][2]).read_bytes()
    exported = personal.export(database, REP)
    for words, table in (("张总", "customers"), (SECRET, "customers"), ("他嫌价格高", "visits")):
        assert words.encode() not in content
        assert words in str(exported[table])
    personal.forget(database, REP)
    assert database["customers"].count == database["visits"].count == 0


def test_a_day_is_written_with_its_weekday() -> None:
    assert day_title(date(2026, 11, 26)) == "11 月 26 日（周四）"
