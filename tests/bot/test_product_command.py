"""`coach product`: cards from a file, or every fault with its row and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.cli import main
from store import audit, products


def test_the_template_is_taken_as_it_is_and_listed(
    tmp_path: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "products.csv"
    assert main(["product", "template", str(file)]) == 0
    assert main(["product", "import", str(file)]) == 0
    assert "云境 A8 瓷砖  128 元/平米" in capsys.readouterr().out
    assert main(["product", "list"]) == 0
    assert "云境 A8 瓷砖" in capsys.readouterr().out
    assert [entry.actor for entry in audit.entries(database)] == ["command line"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "名称,价格\n砖,一百多\n", "第 2 行「价格」"),
        ("a.yml", "- 名称: =1+1\n", "第 1 行「名称」"),
        ("a.csv", "客户的话,回答\n太贵了,您好\n", "不认识“客户的话”这一列"),
        ("a.csv", "", "没有产品"),
    ],
)
def test_a_wrong_file_changes_nothing(
    name: str, content: str, told: str, tmp_path: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert main(["product", "import", str(file)]) == 2
    assert told in capsys.readouterr().err
    assert products.every(database) == []


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["product", "import", str(tmp_path / "none.csv")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
