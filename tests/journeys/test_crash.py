"""Killed at random moments under load, the bot answers everybody; `make crash` does it two hundred times."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import crash
from store.database import PATH_VARIABLE


async def test_killed_twice_it_answers_every_message_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / crash.DATABASE))
    report = await crash.run(kills=2, seed=7, folder=tmp_path)
    assert report.asked > 5
    assert report.drill_answers > 5
    assert report.tips > 0
    assert report.is_good, report
    log = (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert "太贵了" not in log
    assert crash.TOKEN not in log
