"""The screens of a company's table, and what its objections and drills look like to a rep, without a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from dialogues import own_content, own_publishing
from dialogues.own_trial import trial
from knowledge import current
from knowledge.loader import product
from knowledge.own.table.template import example_rows
from store import audit, own_tables, people
from store.clock import utc_now
from store.database import database
from tests.admitting import admit
from tests.dialogues.speaking import spoken

MANAGER, REP = "71", "72"


@pytest.fixture(autouse=True)
def members() -> Iterator[None]:
    admit(int(MANAGER), "王经理", people.MANAGER)
    admit(int(REP), "小林")
    yield
    own_tables.withdraw(database())
    own_content.refresh()


@pytest.fixture
def draft() -> int:
    """The example table as a draft."""
    rows = example_rows()
    found = trial("话术.xlsx", rows)
    assert not found.faults
    kept = own_tables.add_draft(
        database(), "话术.xlsx", [asdict(row) for row in rows], found.summary, MANAGER, utc_now()
    )
    return kept.id


@pytest.fixture
def own_objection(draft: int) -> str:
    """The published table's own objection."""
    own_publishing.publish(draft, MANAGER, utc_now())
    own = current.own()
    assert own is not None
    [name] = own.knowledge.objections.keys() - product().objections.keys()
    return name


async def said(action: str, entities: dict[str, str], sender: str = MANAGER) -> str:
    return "\n".join(reply.text for reply in await spoken(action, entities=entities, sender=sender))


async def test_a_draft_shows_what_it_holds_and_changes_nothing(draft: int) -> None:
    text = await said("action_show_own_table", {"table": str(draft)})
    assert "草稿" in text
    assert "异议 1 · 技巧 1" in text
    assert "12 句" in text
    assert current.own() is None


async def test_publishing_is_noted_and_asks_for_the_training(draft: int) -> None:
    text = await said("action_publish_own_table", {"table": str(draft)})
    assert "后台学" in text
    assert own_tables.published(database()) == draft
    assert current.own() is not None
    assert audit.entries(database())[0].action == "publish_own_table"
    assert own_tables.training_state(database(), own_content.model().name) == own_tables.WAITING


@pytest.mark.parametrize("action", ["show_own_table", "publish_own_table", "withdraw_own_table", "list_own_tables"])
async def test_a_rep_gets_nowhere(draft: int, action: str) -> None:
    assert "经理" in await said(f"action_{action}", {"table": str(draft)}, sender=REP)
    assert current.own() is None


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "9" * 40])
async def test_a_version_that_is_none_is_told(number: str) -> None:
    assert "找不到" in await said("action_publish_own_table", {"table": number})


async def test_an_own_objection_is_answered_by_button_at_once(own_objection: str) -> None:
    [reply] = await spoken("action_answer_objection", "own_objection", entities={"advice": f"{own_objection}.any.0"})
    assert "「要我们垫资」" in reply.text
    assert "公司资料《话术.xlsx》" in reply.text
    assert reply.sources[0] == "OWN"
    assert {len(button.payload.encode()) <= 64 for button in reply.buttons} == {True}


async def test_an_own_objection_is_practised_with_a_customer_of_the_one_it_is_like(own_objection: str) -> None:
    [reply] = await spoken("action_start_drill", "start_drill", entities={"advice": f"{own_objection}.any.0"})
    assert product().objections["excessive_demand"].title in reply.text


async def test_a_gone_objection_is_told(own_objection: str) -> None:
    await said("action_withdraw_own_table", {})
    [reply] = await spoken("action_answer_objection", "own_objection", entities={"advice": f"{own_objection}.any.0"})
    assert "没有了" in reply.text
