"""Customers named in a text, days named in a next step, and faults of the two data files."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.customer_card import customer_card, load_customer_card, named_in
from knowledge.day_words import FARTHEST, day_in
from knowledge.loader import FOLDER, knowledge
from knowledge.problems import KnowledgeError
from knowledge.visit_review import load_visit_review, visit_review

WEDNESDAY = date(2026, 11, 25)
NAMES = {1: "王总", 2: "建材王总", 3: "李工"}


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("王总说太贵了", 1),
        ("建材王总说太贵了", 2),
        ("刚见完李工", 3),
        ("李工程师那边", None),
        ("王总监说太贵了", None),
        ("王总监和王总都在", 1),
        ("太贵了", None),
        ("", None),
    ],
)
def test_who_is_named(text: str, customer: int | None) -> None:
    assert named_in(text, NAMES) == customer


def test_traditional_script_names_the_same_customer() -> None:
    assert named_in("張總說太貴了", {7: "张总"}) == 7


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("周四带样品", date(2026, 11, 26)),
        ("周三再去", date(2026, 12, 2)),
        ("下周三上午", date(2026, 12, 2)),
        ("下下周一", date(2026, 12, 7)),
        ("星期天", date(2026, 11, 29)),
        ("12月3日签", date(2026, 12, 3)),
        ("2月1号", date(2027, 2, 1)),
        ("5号去", date(2026, 12, 5)),
        ("三天后", date(2026, 11, 28)),
        ("两周后", date(2026, 12, 9)),
        ("大后天", date(2026, 11, 28)),
        ("11月3号", None),
        ("今天打个电话", None),
        ("到5号楼看样", None),
        ("2月30日", None),
        ("带样品", None),
    ],
)
def test_which_day_is_named(text: str, day: date | None) -> None:
    assert day_in(text, WEDNESDAY, customer_card().days) == day


@given(st.text(alphabet="下周一三四日天月号后0129两 十", max_size=12), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_is_never_past_nor_far(text: str, today: date) -> None:
    found = day_in(text, today, customer_card().days)
    assert found is None or today < found <= today + FARTHEST


def test_every_field_of_the_four_kinds_is_there_and_fits_a_screen() -> None:
    assert {"usage", "organisation", "personal", "rivals", "background"} <= customer_card().fields.keys()
    assert [stage.title for stage in customer_card().trust.values()] == ["认识", "约会", "信赖", "同盟"]
    assert len(visit_review().questions) == 4


@pytest.mark.parametrize("name", ["customer_card", "visit_review"])
def test_a_fault_is_told_with_the_fix(name: str, tmp_path: Path) -> None:
    data = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    data["sources"] = ["S9-99"[:1] + "0-99"]
    shutil.copytree(FOLDER / "schemas", tmp_path / "schemas")
    (tmp_path / f"{name}.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    load = {"customer_card": load_customer_card, "visit_review": load_visit_review}[name]
    with pytest.raises(
        KnowledgeError, match=f"knowledge/{name}.yml: sources: source 'S0-99' does not exist; use a row"
    ):
        load(tmp_path, knowledge())
