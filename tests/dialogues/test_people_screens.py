"""Members, invitations, settings, as screens: who may see and do what, whatever the button says."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from bot.engine import Reply
from store import audit, bot_names, invites, people, preferences, teams
from store.clock import utc_now
from tests.admitting import admit
from tests.dialogues.speaking import domain, spoken
from tests.dialogues.test_actions_replies import assert_sound

ADMIN, EAST, WEST, REP, OTHER = "1", "2", "3", "11", "12"
MANAGERS_ONLY = "要经理才能做"
ACTIONS = {
    "invite": "action_invite",
    "show_invites": "action_show_invites",
    "show_people": "action_show_people",
    "show_person": "action_show_person",
    "show_log": "action_show_log",
    "show_settings": "action_show_settings",
}


@pytest.fixture(autouse=True)
def staff(database: Database) -> None:
    """An admin, two managers, a rep in each of the two teams."""
    bot_names.remember(database, "coach_bot", local=False)
    admit(1, "王总", people.ADMIN)
    admit(2, "东经理", people.MANAGER, "华东")
    admit(3, "西经理", people.MANAGER, "华西")
    admit(11, "小林", team="华东")
    admit(12, "老周", team="华西")


async def screen(sender: str, intent: str, **entities: str) -> Reply:
    """What a person sees after a button."""
    replies = await spoken(ACTIONS[intent], intent, entities=entities, sender=sender)
    assert_sound(replies, f"{intent} {entities}")
    assert len(replies[0].text.splitlines()) <= 20
    return replies[0]


def titles(reply: Reply) -> list[str]:
    return [button.title for button in reply.buttons]


def payload_of(reply: Reply, title: str) -> str:
    return next(button.payload for button in reply.buttons if button.title == title)


def team_id(name: str, database: Database) -> int:
    team = teams.find(database, name)
    assert team is not None
    return team.id


@pytest.mark.parametrize("intent", [intent for intent in ACTIONS if intent != "show_settings"])
@pytest.mark.parametrize("sender", [REP, "99", "tests", f"-100:{REP}"])
async def test_manager_functions_are_closed_to_others(sender: str, intent: str) -> None:
    forged = {"person": OTHER, "do": "sure", "terms": "1.admin.7.1.ok", "invite": "x", "sure": "1"}
    assert MANAGERS_ONLY in (await screen(sender, intent, **forged)).text


@pytest.mark.parametrize("intent", [intent for intent in ACTIONS if intent != "show_settings"])
async def test_in_a_group_a_manager_is_sent_to_the_private_chat(intent: str) -> None:
    assert "私聊" in (await screen(f"-100:{EAST}", intent)).text


# Members ---------------------------------------------------------------------------------------


async def test_a_manager_sees_the_own_team_an_admin_all() -> None:
    assert "共 2 位" in (await screen(EAST, "show_people")).text
    assert "共 5 位" in (await screen(ADMIN, "show_people")).text


async def test_another_teams_rep_cannot_be_seen_or_removed(database: Database) -> None:
    for do in ("", "remove", "sure", f"in.{team_id('华东', database)}"):
        assert "不在你管的团队里" in (await screen(EAST, "show_person", person=OTHER, do=do)).text
    assert people.member(database, OTHER) is not None


async def test_removing_asks_once_and_is_logged(database: Database) -> None:
    assert "移除此人" in titles(await screen(EAST, "show_person", person=REP))
    asked = await screen(EAST, "show_person", person=REP, do="remove")
    assert titles(asked) == ["移除", "先留着"]
    assert people.member(database, REP) is not None
    await screen(EAST, "show_person", person=REP, do="sure")
    assert people.member(database, REP) is None
    entry = audit.entries(database)[0]
    assert (entry.actor, entry.action, entry.target) == (EAST, "remove", REP)
    assert "移除成员" in (await screen(EAST, "show_log")).text
    assert "移除成员" not in (await screen(WEST, "show_log")).text, "another team's log"


async def test_a_rep_of_two_teams_leaves_only_the_managers_own(database: Database) -> None:
    teams.join(database, REP, team_id("华西", database))
    await screen(EAST, "show_person", person=REP, do="sure")
    assert people.member(database, REP) is not None
    assert [team.name for team in teams.of(database, REP)] == ["华西"]


async def test_only_an_admin_changes_roles(database: Database) -> None:
    await screen(EAST, "show_person", person=REP, do="role.admin")
    await screen(EAST, "show_person", person=EAST, do="role.admin")
    assert {p.role for p in people.visible_to(database, people.Person(ADMIN, "", people.ADMIN, False))} == {
        people.ADMIN,
        people.MANAGER,
        people.REP,
    }
    shown = await screen(ADMIN, "show_person", person=REP, do="role.manager")
    assert "身份：经理" in shown.text
    assert "唯一的管理员" in (await screen(ADMIN, "show_person", person=ADMIN, do="role.rep")).text


async def test_the_list_is_paged(database: Database) -> None:
    for number in range(100, 125):
        admit(number, f"新人{number}", team="华东")
    first, last = await screen(EAST, "show_people"), await screen(EAST, "show_people", page="9")
    assert "下一页" in titles(first)
    assert "上一页" in titles(last)
    assert "4/4" in last.text


# Invitations -----------------------------------------------------------------------------------


async def test_an_invitation_is_made_step_by_step(database: Database) -> None:
    whom = await screen(EAST, "invite")
    assert titles(whom) == ["华东·销售", "华东·经理", "看现有链接"]
    terms = await screen(EAST, "invite", terms=f"{team_id('华东', database)}.rep")
    assert "有效 7 天" in terms.text
    assert invites.open_in(database, [team_id("华东", database)], utc_now()) == []
    made = await screen(EAST, "invite", terms=f"{team_id('华东', database)}.rep.30.10.ok")
    token = made.text.split("https://t.me/coach_bot?start=")[1].split()[0]
    admitted, team = invites.redeem(database, token, "77", "新人", utc_now())
    assert (admitted.role, team.name) == (people.REP, "华东")


@pytest.mark.parametrize("terms", ["{west}.rep.7.1.ok", "{east}.admin.7.1.ok", "{east}.rep.9999.1.ok", "{east}.x", ""])
async def test_terms_beyond_a_managers_reach_make_nothing(terms: str, database: Database) -> None:
    east, west = team_id("华东", database), team_id("华西", database)
    shown = await screen(EAST, "invite", terms=terms.format(east=east, west=west))
    assert "邀请谁" in shown.text
    assert database["invites"].count == 0


async def test_revoking_asks_once(database: Database) -> None:
    manager = people.member(database, EAST)
    assert manager is not None
    made = invites.create(database, manager, people.REP, team_id("华东", database), 7, 1, utc_now())
    assert "撤回 1" in titles(await screen(EAST, "show_invites"))
    assert "没有" in (await screen(WEST, "show_invites", invite=made.id, sure="1")).text
    await screen(EAST, "show_invites", invite=made.id)
    assert len(invites.open_in(database, [made.team_id], utc_now())) == 1
    await screen(EAST, "show_invites", invite=made.id, sure="1")
    assert invites.open_in(database, [made.team_id], utc_now()) == []


# Settings --------------------------------------------------------------------------------------


async def test_settings_are_changed_by_buttons(database: Database) -> None:
    assert "北京时间" in (await screen(REP, "show_settings")).text
    assert "东京" in titles(await screen(REP, "show_settings", set="zone"))
    for change in ("zone=Asia/Tokyo", "hour=20", "quiet=21-9", "tips=0", "leaderboard=0"):
        shown = await screen(REP, "show_settings", set=change)
    for part in ("东京", "20:00", "21:00–9:00", "小贴士：关", "不显示"):
        assert part in shown.text
    assert preferences.of(database, REP) == preferences.Preferences("Asia/Tokyo", 20, 21, 9, False, False)


@pytest.mark.parametrize("forged", ["zone=../../etc/passwd", "hour=99", "quiet=x", "tips=9", "role=admin", "="])
async def test_values_that_no_button_offers_change_nothing(forged: str, database: Database) -> None:
    await screen(REP, "show_settings", set=forged)
    assert preferences.of(database, REP) == preferences.Preferences()


async def test_the_first_three_steps_can_be_skipped(database: Database) -> None:
    first = await screen(REP, "show_settings", step="0")
    assert "（1/3）" in first.text
    assert "跳过" in titles(first)
    second = await screen(REP, "show_settings", set="zone=Asia/Dubai", step="1")
    assert "（2/3）" in second.text
    assert preferences.of(database, REP).zone == "Asia/Dubai"
    assert "（3/3）" in (await screen(REP, "show_settings", step="2")).text
    assert "好了" in (await screen(REP, "show_settings", step="3")).text


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "很" * 17, "{name}", "a\u202eb", "  "])
async def test_odd_names_are_refused(name: str, database: Database) -> None:
    replies = await spoken("action_set_name", slots={"new_name": name, "naming": "me"}, sender=REP)
    assert "用不了" in replies[0].text
    assert database["people"].get(REP)["called"] is None


async def test_a_name_is_kept(database: Database) -> None:
    await spoken("action_set_name", slots={"new_name": " 林  姐 ", "naming": "me"}, sender=REP)
    people.remember(database, REP, "Lin", utc_now())
    person = people.member(database, REP)
    assert person is not None
    assert person.name == "林 姐"


async def test_only_an_admin_makes_teams(database: Database) -> None:
    for sender, count in ((REP, 2), (EAST, 2), (ADMIN, 3), (ADMIN, 3)):
        await spoken("action_set_name", slots={"new_name": "华南", "naming": "team"}, sender=sender)
        assert database["teams"].count == count
    assert "naming_form" in domain().forms
