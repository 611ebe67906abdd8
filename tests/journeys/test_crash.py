"""Killed at random moments under load, the bot answers everybody; `make crash` does it two hundred times."""

from __future__ import annotations

from pathlib import Path

from benchmarks import crash


async def test_killed_twice_it_answers_every_message_in_order(tmp_path: Path) -> None:
    report = await crash.run(kills=2, seed=7, folder=tmp_path)
    assert report.asked > 5
    assert report.is_good, report
    log = (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert "太贵了" not in log
    assert crash.TOKEN not in log
