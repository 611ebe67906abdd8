"""Invitations: a link for a role in a team, good for some days and persons, revocable.

The token in the link is the invitation's id and a signature of all its terms under the key that lies apart from the
database (`store/secrets.py`). Tokens are not stored: a copy of the database lets nobody in, and terms that were
changed in the database void the link.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store import people, teams
from store.secrets import signatures

ID_CHARACTERS = 12
SIGNATURE_CHARACTERS = 26  # 130 bits


class InviteError(Exception):
    """A link does not let this person in. It is not told why: whoever forges links should learn nothing."""


@dataclass(frozen=True)
class Invite:
    """An invitation; `uses` persons may come in all, `used` have come."""

    id: str
    role: str
    team_id: int
    local: bool
    made_by: str
    made_at: str
    expires_at: str
    uses: int
    used: int
    revoked_at: str | None


def create(
    database: Database, maker: people.Person, role: str, team_id: int, days: int, uses: int, now: datetime
) -> Invite:
    """A new invitation."""
    invite = Invite(
        id=secrets.token_hex(ID_CHARACTERS // 2),
        role=role,
        team_id=team_id,
        local=maker.local,
        made_by=maker.id,
        made_at=now.isoformat(),
        expires_at=(now + timedelta(days=days)).isoformat(),
        uses=uses,
        used=0,
        revoked_at=None,
    )
    with database.atomic():
        database.table("invites").insert({**vars(invite), "local": int(invite.local)})
    return invite


def token(invite: Invite) -> str:
    """What the link carries: letters and digits, fewer than the 64 that Telegram allows."""
    return invite.id + _signatures(invite)[0]


def open_in(database: Database, team_ids: list[int], now: datetime) -> list[Invite]:
    """The invitations to these teams that still let somebody in, newest first."""
    marks = ", ".join("?" for _ in team_ids)
    sql = f"""select * from invites where team_id in ({marks}) and revoked_at is null and used < uses
              and expires_at > ? order by made_at desc, id"""
    return [_invite(row) for row in database.query(sql, [*team_ids, now.isoformat()])]


def get(database: Database, invite_id: str) -> Invite | None:
    """The invitation of this id, also one that lets nobody in any more."""
    return next((_invite(row) for row in database.query("select * from invites where id = ?", [invite_id])), None)


def revoke(database: Database, invite_id: str, now: datetime) -> None:
    """Void the link at once; those who came by it stay."""
    with database.atomic():
        sql = "update invites set revoked_at = ? where id = ? and revoked_at is null"
        database.execute(sql, [now.isoformat(), invite_id])


def redeem(
    database: Database, given: str, person_id: str, name: str, now: datetime, *, local: bool = False
) -> tuple[people.Person, teams.Team]:
    """Let the person in who holds the link; a member joins the team and keeps a higher role.

    Raises:
        InviteError: The link is forged, void, used up, over, or older than this person's removal.
    """
    if not (given.isascii() and given.isalnum()):
        raise InviteError
    with database.atomic():
        invite = get(database, given[:ID_CHARACTERS])
        if invite is None or invite.local != local or not _is_genuine(invite, given[ID_CHARACTERS:]):
            raise InviteError
        known, team = people.member(database, person_id), teams.get(database, invite.team_id)
        if team is None or (known and known.local != local):
            raise InviteError
        if known and known.role == _higher(known.role, invite.role) and team in teams.of(database, person_id):
            return known, team  # the link tapped twice costs no use
        _use(database, invite, people.was_removed_at(database, person_id), now)
        role = _higher(known.role, invite.role) if known else invite.role
        admitted = people.admit(database, person_id, name, role, now, local=local)
        teams.join(database, person_id, team.id)
    return admitted, team


def _use(database: Database, invite: Invite, removed_at: datetime | None, now: datetime) -> None:
    if removed_at and removed_at >= datetime.fromisoformat(invite.made_at):
        raise InviteError
    cursor = database.execute(
        "update invites set used = used + 1 where id = ? and revoked_at is null and used < uses and expires_at > ?",
        [invite.id, now.isoformat()],
    )
    if not cursor.rowcount:
        raise InviteError


def _is_genuine(invite: Invite, signature: str) -> bool:
    return any(hmac.compare_digest(each.encode(), signature.encode()) for each in _signatures(invite))


def _signatures(invite: Invite) -> list[str]:
    """Under each of the keys, the present one first."""
    terms = (invite.id, invite.role, invite.team_id, int(invite.local), invite.made_by, invite.expires_at, invite.uses)
    return [signature[:SIGNATURE_CHARACTERS] for signature in signatures("invite", "|".join(map(str, terms)))]


def _higher(one: str, other: str) -> str:
    return max(one, other, key=people.ROLES.index)


def _invite(row: dict[str, Any]) -> Invite:
    return Invite(**{**row, "local": bool(row["local"])})
