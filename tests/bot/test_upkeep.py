"""`coach backup`, `coach restore` and `coach key`, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from bot import cli
from store import inbox, people, secrets
from store.clock import utc_now


@pytest.fixture(autouse=True)
def own_logging(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own process keeps its setup."""
    monkeypatch.setattr(cli, "configure_logging", lambda level: None)


def test_backup_and_restore(database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.db"
    people.remember(database, "1", "小林", utc_now())
    assert cli.main(["backup", str(copy)]) == 0
    assert "The key is not in it" in capsys.readouterr().out
    people.remember(database, "2", "老周", utc_now())
    assert cli.main(["restore", str(copy)]) == 0
    assert [row["name"] for row in database["people"].rows] == ["小林"]
    before = Database(tmp_path / "coach.before-restore.db")
    assert before["people"].count == 2, "what was there is kept"


def test_a_wrong_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["restore", str(tmp_path / "nowhere.db")]) == cli.BAD_INPUT
    assert capsys.readouterr().err.splitlines() == [f"coach: {tmp_path / 'nowhere.db'}: no such file"]


def test_a_new_key_seals_everything_anew(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox.receive(database, inbox.Received(inbox.Key("1", 1), "1", "1", "太贵了"), utc_now())
    (_, before), *_ = inbox.waiting(database, "1")
    assert cli.main(["key"]) == 0
    assert "1 texts sealed with it" in capsys.readouterr().out
    (_, after), *_ = inbox.waiting(database, "1")
    assert before != after
    assert secrets.unseal(after) == "太贵了"
    monkeypatch.setenv(secrets.KEYS_VARIABLE, secrets.new_key())
    assert cli.main(["key"]) == cli.BAD_INPUT
    assert "put a new one first there" in capsys.readouterr().err
