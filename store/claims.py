"""The code by which the first manager claims the coach; printed at the start, kept only as a digest, good once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime

from sqlite_utils import Database

from store import people

CODE_BYTES = 10  # 80 bits: not to be guessed, so a plain digest is enough


def new_code(database: Database, now: datetime) -> str | None:
    """A new code, `ABCD-EFGH-IJKL-MNOP`; the one before is void. None where somebody manages the coach already."""
    with database.atomic():
        if people.has_manager(database):
            return None
        code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
        database.execute("delete from claim_codes")
        database.table("claim_codes").insert({"digest": _digest(code), "made_at": now.isoformat()})
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def claim(database: Database, code: str, person_id: str, name: str, now: datetime) -> people.Person | None:
    """Make the person who knows the code the first admin; None where the code is wrong, void or used.

    The same person may say it again: an update can come twice.
    """
    sql = "update claim_codes set claimed_by = ? where digest = ? and claimed_by is null"
    with database.atomic():
        if list(
            database.query("select 1 from claim_codes where digest = ? and claimed_by = ?", [_digest(code), person_id])
        ):
            return people.member(database, person_id)
        if people.has_manager(database) or not database.execute(sql, [person_id, _digest(code)]).rowcount:
            return None
        return people.admit(database, person_id, name, people.ADMIN, now)


def _digest(code: str) -> str:
    """Hyphens, spaces and case do not matter: the code may have been typed by hand."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()
