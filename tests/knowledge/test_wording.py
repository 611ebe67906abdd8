"""Open slots filled or marked, and sources cited."""

from __future__ import annotations

import pytest

from knowledge.models import Knowledge
from knowledge.wording import cite, fill


def test_an_open_slot_is_marked_with_its_label(known: Knowledge) -> None:
    assert fill("这款{brand}按{period}算", known) == "这款〔品牌〕按〔使用年限〕算"


def test_a_known_value_fills_its_slot_and_no_other(known: Knowledge) -> None:
    assert fill("{brand}的{product}", known, {"product": "瓷砖"}) == "〔品牌〕的瓷砖"


def test_a_text_without_slots_stays_as_it_is(known: Knowledge) -> None:
    assert fill("先别急着降价。", known, {"brand": "甲"}) == "先别急着降价。"


@pytest.mark.parametrize("value", ["{price}", "〔品牌〕", "a}b", "100%"])
def test_a_value_is_not_looked_into(known: Knowledge, value: str) -> None:
    assert fill("{brand}，很好", known, {"brand": value}) == f"{value}，很好"


def test_between_chinese_and_a_filled_in_figure_stands_a_space(known: Knowledge) -> None:
    assert fill("按{period}算，一年合{unit_price}。", known, {"period": "10 年", "unit_price": "12.8 元"}) == (
        "按 10 年算，一年合 12.8 元。"
    )


def test_every_slot_has_a_label_of_its_own(known: Knowledge) -> None:
    assert len(set(known.slots.values())) == len(known.slots)
    assert fill("".join(f"{{{name}}}" for name in known.slots), known).count("〔") == len(known.slots)


def test_a_source_is_cited_by_text_and_heading(known: Knowledge) -> None:
    row = known.sources["S0-33"]
    assert cite(("S0-33",), known) == f"资料 {row.seed}《{row.heading}》"


def test_only_the_first_sources_are_cited(known: Knowledge) -> None:
    rows = tuple(known.sources)[:3]
    assert cite(rows, known).count("资料") == 2
    assert cite(rows, known, limit=1).count("；") == 0
    assert cite(rows, known, limit=3).split("；") == [cite((row,), known) for row in rows]
    assert cite((), known) == ""


def test_every_source_can_be_cited(known: Knowledge) -> None:
    for row in known.sources.values():
        assert cite((row.id,), known) == f"资料 {row.seed}《{row.heading}》"
        assert row.heading.strip()
