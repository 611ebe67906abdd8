"""CSV files of customers and deals: columns, units, encodings, formulas, mistakes by row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calculators.tables import Table, is_table, read_table
from knowledge.own.reading import decoded


def names(table: Table) -> list[str]:
    return [customer.name for customer in table.customers]


def test_the_unit_stands_in_the_heading_or_in_the_cell() -> None:
    by_heading = read_table("客户,金额（万元）\n王总,60\n李姐,8.5\n")
    assert [c.amount for c in by_heading.customers] == [Decimal(600000), Decimal(85000)]
    by_cell = read_table('客户,金额\n王总,60万\n李姐,"1,200元"\n')
    assert [c.amount for c in by_cell.customers] == [Decimal(600000), Decimal(1200)]
    assert not by_heading.mistakes
    assert not by_cell.mistakes


def test_a_column_of_stages_makes_deals() -> None:
    table = read_table("单子,金额（元）,阶段\nA,500000,方案\nB,80000,50\nC,10000,已签\n")
    assert [(deal.amount, deal.rate) for deal in table.deals] == [(500000, 30), (80000, 50), (10000, 100)]
    assert not table.mistakes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_chinese_encodings(encoding: str) -> None:
    lines = "客户名称,采购金额（元）\n" + "".join(f"宏达建材公司{n},{n}00000\n" for n in range(1, 9))
    assert names(read_table(decoded(lines.encode(encoding)))) == [f"宏达建材公司{n}" for n in range(1, 9)]


@pytest.mark.parametrize("text", ["客户;金额（元）\n王总;600\n", "客户\t金额（元）\r\n王总\t600\r\n"])
def test_other_delimiters(text: str) -> None:
    assert names(read_table(text)) == ["王总"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("王总,六十", ("第 3 行", "没看到金额")),
        ("王总,", ("第 3 行", "没看到金额")),
        ("王总,=1+1", ("第 3 行", "公式", "只粘贴数值")),
        ("王总,@SUM(A1)", ("第 3 行", "公式")),
        ("王总,-5", ("第 3 行", "零或负数")),
        ("王总,5美元", ("第 3 行", "别的币种")),
    ],
)
def test_a_bad_row_is_named_with_the_fix_and_the_others_count(row: str, told: tuple[str, ...]) -> None:
    table = read_table(f"客户,金额（元）\n赵姐,900\n{row}\n孙工,700\n")
    assert names(table) == ["赵姐", "孙工"]
    [mistake] = table.mistakes
    assert all(word in mistake.sentence() for word in told), mistake.sentence()


def test_no_unit_anywhere_is_no_guess() -> None:
    [mistake] = read_table("客户,金额\n王总,60\n").mistakes
    assert "没写单位" in mistake.sentence()


def test_a_name_is_shown_without_what_makes_it_a_formula() -> None:
    assert names(read_table('客户,金额（元）\n"=HYPERLINK(""http://x"")",900\n')) == ['HYPERLINK("http://x"'[:20]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("王总,60万\n李姐,8万\n", "no_columns"),
        ("客户,金额\n", "no_rows"),
        ("", "no_columns"),
        ("客户,金额（元）\n" + "王总,1\n" * 1001, "too_many_rows"),
    ],
)
def test_what_is_no_such_table(text: str, kind: str) -> None:
    assert [mistake.kind for mistake in read_table(text).mistakes] == [kind]


def test_a_table_of_something_else_is_not_taken() -> None:
    assert not is_table("产品,价格\n净水器,1999\n")
    assert is_table("客户,销售额\n")


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    table = read_table(text)
    assert table.customers or table.deals or table.mistakes
    assert all(mistake.sentence() for mistake in table.mistakes)
