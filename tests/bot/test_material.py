"""`coach material`: what it prints and when it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import BAD_INPUT, main


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "服务手册.md"
    path.write_text("# 滤芯\n每四个月换一次。\n", encoding="utf-8")
    return str(path)


def test_a_file_goes_from_draft_to_published_to_removed(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, expected in (
        (["add", file], "draft      version 1     1 passages  服务手册.md"),
        (["add", file, "--publish"], "published  version 2"),
        (["publish", "1"], "published  version 1"),
        (["show", "1"], "每四个月换一次"),
        (["list"], "replaced   version 2"),
        (["remove", "1"], "removed    version 1"),
    ):
        assert main(["material", *arguments]) == 0
        assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "problem"), [(["show", "7"], "no file 7"), (["add", "nowhere.md"], "No such file")]
)
def test_what_does_not_exist_is_named(arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["material", *arguments]) == BAD_INPUT
    assert problem in capsys.readouterr().err


def test_a_refused_file_is_told_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(b"PK")
    assert main(["material", "add", str(path)]) == BAD_INPUT
    assert "宏" in capsys.readouterr().err
