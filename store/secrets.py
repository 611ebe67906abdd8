"""Personal texts at rest: sealed with a key that lies apart from the database, so a copy of the file tells nothing.

The keys come from COACH_KEY (one or more, comma-separated), else from the file COACH_KEY_FILE, else from the file
beside the database with the suffix `.key`, made with mode 600 at the first need. The first key seals; all of them
open, so a key can be changed while the product runs: see `rotate`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from store.database import DEFAULT_PATH, PATH_VARIABLE

KEYS_VARIABLE = "COACH_KEY"
FILE_VARIABLE = "COACH_KEY_FILE"
# The new one and the one before it, for what another process sealed a moment ago.
KEYS_KEPT = 2
# Half a surrogate pair is no character, but JSON can bring one, and it must come back as it was.
ODD = "surrogatepass"


class SecretsError(Exception):
    """A key is missing or wrong; the message says where and how to mend it, never the key."""


def seal(text: str) -> bytes:
    """The text, encrypted and signed; about 1.4 times its size and 100 bytes more."""
    return _keyring().encrypt(text.encode(errors=ODD))


def unseal(sealed: bytes) -> str:
    """The text that was sealed.

    Raises:
        SecretsError: None of the present keys fits, or the bytes were changed.
    """
    try:
        return _keyring().decrypt(sealed).decode(errors=ODD)
    except InvalidToken:
        raise SecretsError(f"a sealed text does not open: the key it was sealed with is not in {_where()}") from None


def resealed(sealed: bytes) -> bytes:
    """The same text under the first key.

    Raises:
        SecretsError: None of the present keys fits.
    """
    try:
        return _keyring().rotate(sealed)
    except InvalidToken:
        raise SecretsError(f"a sealed text does not open: the key it was sealed with is not in {_where()}") from None


def signatures(purpose: str, text: str) -> list[str]:
    """Signatures of a text under each of the keys, the present one first; letters and digits.

    A signature for one purpose proves nothing for another.
    """
    message = f"{purpose}\0{text}".encode(errors=ODD)
    digests = (hmac.digest(key, message, hashlib.sha256) for key in _keys().raw)
    return [base64.b32encode(digest).decode().rstrip("=").lower() for digest in digests]


def rotate() -> None:
    """Put a new key first into the key file; running processes take it up at their next text.

    Raises:
        SecretsError: The keys are in COACH_KEY; put a new one first there.
    """
    if os.environ.get(KEYS_VARIABLE):
        raise SecretsError(f"the keys are in {KEYS_VARIABLE}: put a new one first there")
    path = key_file()
    _make(path)
    kept = path.read_text(encoding="ascii").split()[: KEYS_KEPT - 1]
    _write(path, [new_key(), *kept])


def are_keys(given: str) -> bool:
    """Whether a value of COACH_KEY can be used."""
    try:
        _parsed(given.replace(",", " "), KEYS_VARIABLE)
    except SecretsError:
        return False
    return True


def new_key() -> str:
    """A key for COACH_KEY."""
    return Fernet.generate_key().decode()


def key_file() -> Path:
    """Where the keys are when COACH_KEY is not set."""
    given = os.environ.get(FILE_VARIABLE)
    return Path(given) if given else Path(os.environ.get(PATH_VARIABLE, DEFAULT_PATH)).with_suffix(".key")


@dataclass(frozen=True)
class _Keys:
    """The keys twice: as what seals and opens, and as they are, for signing."""

    fernet: MultiFernet
    raw: tuple[bytes, ...]


def _keyring() -> MultiFernet:
    return _keys().fernet


def _keys() -> _Keys:
    given = os.environ.get(KEYS_VARIABLE)
    if given:
        return _parsed(given.replace(",", " "), KEYS_VARIABLE)
    path = key_file()
    _make(path)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed_ns: int) -> _Keys:
    """The keys of a file; read anew when it was changed."""
    return _parsed(path.read_text(encoding="ascii"), str(path))


@lru_cache(maxsize=4)
def _parsed(keys: str, where: str) -> _Keys:
    try:
        fernet = MultiFernet([Fernet(key) for key in keys.split()])
        return _Keys(fernet, tuple(key.encode() for key in keys.split()))
    except ValueError:
        raise SecretsError(f"{where} holds no valid key; make one by `coach key`") from None


def _where() -> str:
    return KEYS_VARIABLE if os.environ.get(KEYS_VARIABLE) else str(key_file())


def _make(path: Path) -> None:
    """Make the key file unless there is one; of several processes that try, one makes it."""
    if path.exists():
        return
    draft = _draft(path, [new_key()])
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _write(path: Path, keys: list[str]) -> None:
    os.replace(_draft(path, keys), path)


def _draft(path: Path, keys: list[str]) -> Path:
    """A whole file beside `path`, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return draft
