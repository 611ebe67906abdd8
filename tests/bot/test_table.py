"""`coach table`: what it prints and when it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from bot.cli import BAD_INPUT, main
from dialogues import own_content
from knowledge import current
from knowledge.own.table.template import example_rows, workbook
from store import own_tables
from store.database import database


@pytest.fixture(autouse=True)
def nothing_left_in_use() -> Iterator[None]:
    yield
    own_tables.withdraw(database())
    own_content.refresh()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "话术.xlsx"
    path.write_bytes(workbook(example_rows()))
    return str(path)


def test_a_table_is_tried_kept_used_and_put_away(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, expected in (
        (["try", file], "12 sentences to learn"),
        (["list"], ""),
        (["add", file], "   1  draft"),
        (["publish", "1"], "   1  published"),
        (["list"], "published"),
    ):
        assert main(["table", *arguments]) == 0
        assert expected in capsys.readouterr().out
    assert current.own() is not None
    assert main(["table", "withdraw"]) == 0
    assert current.own() is None


def test_the_template_can_be_opened_and_explains_every_column(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert main(["table", "template", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", "异议", "技巧", "话术", "对练", "测验"]
    explained = {row[0].value for row in book["说明"].iter_rows()}
    assert {cell.value for sheet in book.sheetnames[1:] for cell in book[sheet][1]} <= explained


def test_faults_are_told_by_row_and_nothing_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.yml"
    path.write_text("话术:\n- 异议: 太贵了\n  技巧: 拆伞法\n", encoding="utf-8")
    assert main(["table", "add", str(path)]) == BAD_INPUT
    assert "「话术」第 1 行 技巧" in capsys.readouterr().err
    assert own_tables.tables(database()) == []


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [(["publish", "7"], "no version 7"), (["try", "nowhere.xlsx"], "No such file")],
)
def test_what_does_not_exist_is_named(arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", *arguments]) == BAD_INPUT
    assert problem in capsys.readouterr().err
