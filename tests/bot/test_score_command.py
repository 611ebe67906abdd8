"""`coach score`: one verdict a line in order, techniques by name, one clear line for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import cli
from bot.cli import BAD_INPUT, main
from knowledge.loader import knowledge
from knowledge.scoring.rubric import rubrics

Capture = pytest.CaptureFixture[str]
LINE = {
    "objection": "next_time",
    "style": "driver",
    "domain": "快消",
    "customer_line": "正卸货呢，改天来",
    "answer": "您先卸货。周三上午九点我来，就说新到的凉茶，三分钟，行吗？",
}


@pytest.fixture(autouse=True)
def own_logging(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own process keeps its logging."""
    monkeypatch.setattr(cli, "configure_logging", lambda level: None)


def file_of(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_scores_in_order(tmp_path: Path, capsys: Capture) -> None:
    path = file_of(
        tmp_path, LINE, {**LINE, "answer": LINE["customer_line"]}, {**LINE, "answer": "爱来不来，装什么忙。"}
    )
    assert main(["score", "--jsonl", path]) == 0
    good, copy, rude = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(good) == ["score", "techniques", "faults", "feedback", "model_answer"]
    assert good["score"] >= 60 > rude["score"]
    assert "约定时间" in good["techniques"]
    assert (copy["score"], copy["feedback"]) == (0, rubrics().unscorable["copied_customer"])
    assert rude["faults"]
    assert {technique for row in (good, rude) for technique in row["techniques"]} <= {
        technique.name for technique in knowledge().techniques.values()
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"objection": "too_cheap"}, '"too_cheap" is no objection'),
        ({"style": "tiger"}, '"tiger" is no style'),
        ({"answer": 5}, '"answer" must be a text'),
    ],
)
def test_bad_input(change: dict[str, str], expected: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["score", "--jsonl", file_of(tmp_path, {**LINE, **change})]) == BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert expected in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_missing_key_is_named(tmp_path: Path, capsys: Capture) -> None:
    row = {key: value for key, value in LINE.items() if key != "style"}
    assert main(["score", "--jsonl", file_of(tmp_path, row)]) == BAD_INPUT
    assert '"style"' in capsys.readouterr().err
