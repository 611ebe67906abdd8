"""Sealed texts: nothing readable in them, keys apart and replaceable while the product runs."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from store import secrets

WORDS = "王总说价格太贵，要再想想"


@pytest.fixture
def key_file(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv(secrets.KEYS_VARIABLE, raising=False)
    monkeypatch.delenv(secrets.FILE_VARIABLE, raising=False)
    return tmp_path / "coach.key"


def test_what_is_sealed_opens_and_shows_nothing(key_file: Path) -> None:
    sealed = secrets.seal(WORDS)
    assert secrets.unseal(sealed) == WORDS
    assert "王总".encode() not in sealed
    assert secrets.seal(WORDS) != sealed


@given(st.text(st.characters()))
def test_any_text_comes_back(text: str) -> None:
    assert secrets.unseal(secrets.seal(text)) == text


def test_the_key_file_is_its_owners_only(key_file: Path) -> None:
    secrets.seal(WORDS)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    secrets.rotate()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in key_file.parent.iterdir() if path.name.startswith("coach.key")] == ["coach.key"]


def test_the_key_file_can_lie_anywhere(key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(secrets.FILE_VARIABLE, str(tmp_path / "apart" / "my.key"))
    secrets.seal(WORDS)
    assert (tmp_path / "apart" / "my.key").exists()
    assert not key_file.exists()


def test_after_a_rotation_the_old_text_opens_and_can_be_sealed_anew(key_file: Path) -> None:
    old = secrets.seal(WORDS)
    secrets.rotate()
    assert secrets.unseal(old) == WORDS
    new = secrets.resealed(old)
    secrets.rotate()
    assert secrets.unseal(new) == WORDS
    with pytest.raises(secrets.SecretsError, match=r"does not open.*coach\.key"):
        secrets.unseal(old)
    with pytest.raises(secrets.SecretsError, match="does not open"):
        secrets.resealed(old)


def test_keys_from_the_environment_win(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = secrets.new_key(), secrets.new_key()
    monkeypatch.setenv(secrets.KEYS_VARIABLE, first)
    sealed = secrets.seal(WORDS)
    monkeypatch.setenv(secrets.KEYS_VARIABLE, f"{second}, {first}")
    assert secrets.unseal(sealed) == WORDS
    assert not key_file.exists()
    with pytest.raises(secrets.SecretsError, match="put a new one first"):
        secrets.rotate()


def test_a_changed_text_does_not_open(key_file: Path) -> None:
    sealed = bytearray(secrets.seal(WORDS))
    sealed[40] ^= 1
    with pytest.raises(secrets.SecretsError):
        secrets.unseal(bytes(sealed))


def test_a_broken_key_is_named_but_not_shown(key_file: Path) -> None:
    key_file.write_text("not-a-key\n", encoding="ascii")
    with pytest.raises(secrets.SecretsError, match=r"coach\.key holds no valid key") as caught:
        secrets.seal(WORDS)
    assert "not-a-key" not in str(caught.value)


def test_processes_that_start_together_share_one_key(key_file: Path) -> None:
    code = f"from store import secrets; import sys; sys.stdout.buffer.write(secrets.seal({WORDS!r}))"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(4)]
    assert {secrets.unseal(process.communicate(timeout=30)[0]) for process in started} == {WORDS}
