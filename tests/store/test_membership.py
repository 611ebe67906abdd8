"""Members, teams, the first manager's code, invitations, the audit log."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import audit, bot_names, claims, invites, people, secrets, teams

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
WEEK = timedelta(days=7)


@pytest.fixture
def boss(database: Database) -> people.Person:
    """The first admin, on Telegram."""
    return people.admit(database, "1", "王总", people.ADMIN, MONDAY)


@pytest.fixture
def team(database: Database) -> teams.Team:
    return teams.create(database, "华东", MONDAY)


def made(database: Database, boss: people.Person, team: teams.Team, role: str = people.REP, uses: int = 1) -> str:
    return invites.token(invites.create(database, boss, role, team.id, 7, uses, MONDAY))


# Members ---------------------------------------------------------------------------------------


def test_being_seen_makes_nobody_a_member(database: Database) -> None:
    people.remember(database, "7", "小林", MONDAY)
    assert people.member(database, "7") is None


def test_a_removed_person_is_a_stranger_again_without_teams(database: Database, team: teams.Team) -> None:
    people.admit(database, "7", "小林", people.MANAGER, MONDAY)
    teams.join(database, "7", team.id)
    people.remove(database, "7", MONDAY)
    assert people.member(database, "7") is None
    assert teams.of(database, "7") == []


def test_the_last_admin_stays(database: Database, boss: people.Person) -> None:
    people.admit(database, "local", "机主", people.ADMIN, MONDAY, local=True)
    for attempt in (lambda: people.remove(database, "1", MONDAY), lambda: people.set_role(database, "1", people.REP)):
        with pytest.raises(people.LastAdminError):
            attempt()
    people.admit(database, "2", "李总", people.ADMIN, MONDAY)
    people.remove(database, "1", MONDAY)
    assert people.member(database, "1") is None


def test_a_manager_sees_the_own_teams_an_admin_everybody_a_rep_nobody(database: Database, boss: people.Person) -> None:
    for number, (name, role, team_names) in enumerate(
        [("甲", people.MANAGER, "东"), ("乙", people.REP, "东"), ("丙", people.REP, "西"), ("丁", people.REP, "东西")],
        start=10,
    ):
        people.admit(database, str(number), name, role, MONDAY)
        for team_name in team_names:
            found = teams.find(database, team_name) or teams.create(database, team_name, MONDAY)
            teams.join(database, str(number), found.id)
    people.admit(database, "99", "本机", people.REP, MONDAY, local=True)

    def seen(person_id: str) -> set[str]:
        viewer = people.member(database, person_id)
        assert viewer is not None
        return {person.name for person in people.visible_to(database, viewer)}

    assert seen("10") == {"甲", "乙", "丁"}
    assert seen("1") == {"王总", "甲", "乙", "丙", "丁"}
    assert seen("11") == set()


def test_team_names_are_unique_on_each_side(database: Database, team: teams.Team) -> None:
    with pytest.raises(teams.TeamError):
        teams.create(database, "华东", MONDAY)
    teams.create(database, "华东", MONDAY, local=True)
    other = teams.create(database, "华南", MONDAY)
    with pytest.raises(teams.TeamError):
        teams.rename(database, other.id, "华东")
    teams.rename(database, team.id, "华东")


# The first manager -----------------------------------------------------------------------------


def test_the_code_works_once_and_is_not_in_the_database(database: Database, tmp_path: Path) -> None:
    code = claims.new_code(database, MONDAY)
    assert code is not None
    database.execute("pragma wal_checkpoint(truncate)")
    assert code.replace("-", "").encode() not in (tmp_path / "coach.db").read_bytes()
    assert claims.claim(database, "AAAA-BBBB-CCCC-DDDD", "7", "外人", MONDAY) is None
    claimed = claims.claim(database, code.lower().replace("-", " "), "1", "王总", MONDAY)
    assert claimed is not None
    assert claimed.role == people.ADMIN
    assert claims.claim(database, code, "7", "外人", MONDAY) is None
    assert claims.claim(database, code, "1", "王总", MONDAY) == claimed
    assert claims.new_code(database, MONDAY) is None


def test_a_new_code_voids_the_one_before(database: Database) -> None:
    first, second = claims.new_code(database, MONDAY), claims.new_code(database, MONDAY)
    assert claims.claim(database, str(first), "1", "王总", MONDAY) is None
    assert claims.claim(database, str(second), "1", "王总", MONDAY) is not None


def test_the_owner_of_the_machine_does_not_hinder_the_claim(database: Database) -> None:
    people.admit(database, "terminal", "机主", people.ADMIN, MONDAY, local=True)
    assert claims.new_code(database, MONDAY) is not None


# Invitations -----------------------------------------------------------------------------------


def test_a_link_lets_one_person_in_with_role_and_team(
    database: Database, boss: people.Person, team: teams.Team
) -> None:
    token = made(database, boss, team)
    assert len(token) <= 64
    assert token.isalnum()
    admitted, joined = invites.redeem(database, token, "7", "小林", MONDAY)
    assert (admitted.role, joined) == (people.REP, team)
    assert invites.redeem(database, token, "7", "小林", MONDAY) == (admitted, team), "a second tap is no harm"
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "8", "老周", MONDAY)
    assert people.member(database, "8") is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("a" if token[-1] != "a" else "b"),
        lambda token: token[:12],
        lambda token: "0" * 12 + token[12:],
        lambda token: "",
        lambda token: token + "a",
        lambda token: "’ or 1=1 --",
        lambda token: "\udc00" * 40,
    ],
)
def test_a_forged_link_lets_nobody_in(database: Database, boss: people.Person, team: teams.Team, spoil: object) -> None:
    token = spoil(made(database, boss, team))  # type: ignore[operator]
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "7", "外人", MONDAY)
    assert people.member(database, "7") is None


def test_terms_changed_in_the_database_void_the_link(database: Database, boss: people.Person, team: teams.Team) -> None:
    token = made(database, boss, team)
    database.execute("update invites set role = 'admin'")
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "7", "外人", MONDAY)


def test_over_revoked_or_from_elsewhere_lets_nobody_in(
    database: Database, boss: people.Person, team: teams.Team
) -> None:
    token = made(database, boss, team, uses=9)
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "7", "小林", MONDAY + WEEK)
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "7", "小林", MONDAY, local=True)
    invites.revoke(database, token[:12], MONDAY)
    assert invites.open_in(database, [team.id], MONDAY) == []
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "7", "小林", MONDAY)


def test_a_link_from_before_the_removal_does_not_bring_back(
    database: Database, boss: people.Person, team: teams.Team
) -> None:
    token = made(database, boss, team, uses=9)
    invites.redeem(database, token, "7", "小林", MONDAY)
    people.remove(database, "7", MONDAY + timedelta(hours=1))
    with pytest.raises(invites.InviteError):
        invites.redeem(database, token, "7", "小林", MONDAY + timedelta(hours=2))
    later = invites.create(database, boss, people.REP, team.id, 7, 1, MONDAY + timedelta(hours=3))
    invites.redeem(database, invites.token(later), "7", "小林", MONDAY + timedelta(hours=4))


def test_a_link_never_lowers_a_role(database: Database, boss: people.Person, team: teams.Team) -> None:
    admitted, _ = invites.redeem(database, made(database, boss, team), "1", "王总", MONDAY)
    assert admitted.role == people.ADMIN
    assert teams.of(database, "1") == [team]


def test_links_outlive_one_change_of_keys(database: Database, boss: people.Person, team: teams.Team) -> None:
    token = made(database, boss, team)
    secrets.rotate()
    invites.redeem(database, token, "7", "小林", MONDAY)


def test_a_link_needs_a_bot(database: Database) -> None:
    assert bot_names.deep_link(database, "x", local=False) is None
    bot_names.remember(database, "coach_bot", local=False)
    assert bot_names.deep_link(database, "x", local=False) == "https://t.me/coach_bot?start=x"
    assert bot_names.deep_link(database, "x", local=True) is None


# Audit -----------------------------------------------------------------------------------------


def test_the_audit_log_is_read_team_by_team(database: Database, team: teams.Team) -> None:
    audit.record(database, "1", "invite", MONDAY, "abc", "rep 7", team.id)
    audit.record(database, "1", "remove", MONDAY, "7")
    assert [entry.action for entry in audit.entries(database)] == ["remove", "invite"]
    assert [entry.target for entry in audit.entries(database, [team.id])] == ["abc"]
    assert audit.entries(database, []) == []
