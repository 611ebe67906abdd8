"""A company's table: what comes out of it, what is told by row, and what never gets in."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace

import openpyxl
import pytest

from knowledge.advice import advise
from knowledge.current import Own
from knowledge.loader import product
from knowledge.own.files import UnreadableFile
from knowledge.own.isolated import read_content
from knowledge.own.table import cells
from knowledge.own.table.cells import Row
from knowledge.own.table.changes import advice_changes
from knowledge.own.table.faults import Fault
from knowledge.own.table.joining import OWN_INTENT, join
from knowledge.own.table.row_checks import LEAST_LINES
from knowledge.own.table.template import example_rows, workbook
from knowledge.wording import cite

SOURCE = "话术.xlsx"
WORDS = {
    "异议": "太贵了",
    "技巧": "拆散法",
    "为什么": "一年一年地看，他才知道每天花多少。",
    "这样说": "这台按十年算，一天合〔单价〕。您看哪一年的花费不值？",
    "忌": "别只报总价。",
    "接着": "把十年的账写给他。",
}


def short(value: object) -> str:
    """The name of a case; a whole file would be too long for one."""
    return str(value)[:30] if isinstance(value, str) else type(value).__name__


def words(**changed: str) -> Row:
    return Row("words", 2, {title: text for title, text in {**WORDS, **changed}.items() if text})


def joined(*rows: Row) -> Own:
    found = join(rows, SOURCE, {})
    assert found.own is not None, found.faults
    return found.own


def faults(*rows: Row, taken: dict[str, str] | None = None) -> tuple[Fault, ...]:
    found = join(rows, SOURCE, taken or {})
    assert found.own is None
    return found.faults


def example(sheet: str, **changed: str) -> list[Row]:
    """The example table with some cells of one sheet changed; an empty text leaves a cell empty."""
    rows = example_rows()
    return [replace(row, cells={**row.cells, **changed}) if row.sheet == sheet else row for row in rows]


# Reading --------------------------------------------------------------------------------------


def test_the_template_with_its_example_can_be_used_as_it_is() -> None:
    rows = read_content("话术.xlsx", workbook(example_rows())).rows
    assert list(rows) == example_rows()
    assert join(rows, SOURCE, {}).faults == ()


def test_the_empty_template_holds_no_rows() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_content("话术.xlsx", workbook())
    assert caught.value.reason == "empty"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_yaml_says_the_same(encoding: str) -> None:
    text = "话术:\n" + "".join(
        f"  {'- ' if place == 0 else '  '}{title}: {value}\n" for place, (title, value) in enumerate(WORDS.items())
    )
    [row] = read_content("话术.yml", text.encode(encoding)).rows
    assert row == Row("words", 1, WORDS)


def test_lists_in_yaml_are_lines() -> None:
    [row] = read_content("a.yaml", "异议:\n- 异议: 太贵了\n  客户会这样说: [贵得离谱啊, 比去年贵一半]\n".encode()).rows
    assert row.cells["客户会这样说"] == "贵得离谱啊\n比去年贵一半"


def test_other_workbooks_are_read_as_text() -> None:
    book = openpyxl.Workbook()
    book.active.title = "报价"
    book.active.append(["滤芯", "半年一换"])
    found = read_content("a.xlsx", saved(book))
    assert not found.rows
    assert found.passages


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled(rows: Iterable[Iterable[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "话术"
    for row in rows:
        book.active.append(list(row))
    return saved(book)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsm", b"PK", "macros"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 600, "encrypted"),
        ("a.xlsx", b"no archive at all", "broken"),
        ("a.xlsx", filled([["异议"], *([f"第 {n} 行"] for n in range(cells.MAX_ROWS + 1))]), "too_many_rows"),
        ("a.yml", "话术:\n- &a {异议: 太贵了}\n- *a\n".encode(), "tricky_yaml"),
        ("a.yml", "话术:\n- !!python/object/apply:os.system [ls]\n".encode(), "tricky_yaml"),
        ("a.yml", "话术:\n- 异议: [[[[[[太贵了]]]]]]\n".encode(), "tricky_yaml"),
        ("a.yml", "话术:\n- 异议: [太贵了\n".encode(), "bad_yaml"),
        ("a.yml", "价格: 3\n".encode(), "not_a_table"),
        ("a.yml", "一行普通的文字".encode(), "not_a_table"),
        ("a.yml", b"\xe8\xaf\x9d\xe6\x9c\xaf: " + b"x" * cells.MAX_YAML_BYTES, "too_many_rows"),
        ("a.yml", ("话术:\n" + "- 异议: 太贵了\n" * (cells.MAX_ROWS + 1)).encode(), "too_many_rows"),
    ],
    ids=short,
)
def test_hostile_and_broken_tables_are_refused_with_a_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_content(name, content)
    assert caught.value.reason == reason


def test_a_formula_is_told_and_never_worked_out() -> None:
    titles, texts = zip(*WORDS.items(), strict=True)
    rows = read_content("a.xlsx", filled([titles, (*texts[:-1], '=HYPERLINK("http://example.com","点我")')])).rows
    [found] = join(rows, SOURCE, {}).faults
    assert (found.sheet, found.row, found.column) == ("话术", 2, "接着")
    assert "公式" in found.found


def test_a_text_like_a_formula_is_no_formula_in_the_file_that_is_handed_out() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([words(**{"接着": "=1+1"})])))
    assert {cell.data_type for line in book["话术"].iter_rows() for cell in line} <= {"s", "n"}


# Joining --------------------------------------------------------------------------------------


def test_own_words_come_first_and_cite_the_table() -> None:
    own = joined(words())
    advice = advise(own.knowledge, "too_expensive")
    assert advice.technique.id == "breakdown"
    assert "{unit_price}" in advice.words.say
    assert cite(advice.words.sources, own.knowledge) == "公司资料《话术.xlsx》"
    assert advice.count == advise(product(), "too_expensive").count


def test_words_for_a_style_change_that_style_alone() -> None:
    own = joined(words(客户类型="控制型"))
    changed = [change.asked for change in advice_changes(product(), own.knowledge)]
    assert changed == ["太贵了 · 控制型"]


def test_the_product_itself_stays_as_it_is() -> None:
    before = advise(product(), "too_expensive").words
    joined(words())
    assert advise(product(), "too_expensive").words is before


def test_a_new_objection_has_words_for_every_style_a_customer_and_sentences_to_learn() -> None:
    own = joined(*example_rows())
    [new] = own.knowledge.objections.keys() - product().objections.keys()
    for style in own.knowledge.styles:
        assert advise(own.knowledge, new, style).words.say
    assert own.knowledge.objections[new].scored_as in product().objections
    [intent] = own.lessons
    assert intent == f"{OWN_INTENT}/{new}"
    assert len(own.lessons[intent]) == LEAST_LINES


def test_drills_borrow_what_they_do_not_say() -> None:
    own = joined(*example_rows())
    [scenario] = [own.scenarios[name] for name in own.scenarios if name.startswith("own_")]
    assert scenario.objection == "too_expensive"
    assert len(scenario.lines["softens"]) >= 3


def test_ids_stay_from_version_to_version() -> None:
    first, second = joined(*example_rows()), joined(*example("words", 接着="当场写下每批的日期。"))
    assert first.scenarios.keys() == second.scenarios.keys()
    assert first.quizzes.keys() == second.quizzes.keys()
    assert first.knowledge.techniques.keys() == second.knowledge.techniques.keys()


# Faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (words(异议="太贵啦了"), "异议", "太贵了"),
        (words(技巧="拆伞法"), "技巧", "拆散法"),
        (words(客户类型="老虎钳型"), "客户类型", "控制型"),
        (words(这样说="长" * 111), "这样说", "最多 110"),
        (words(为什么=""), "为什么", "没有填"),
        (words(这样说="一天合〔单件价〕"), "这样说", "单件价"),
        (words(这样说="一天合{"), "这样说", "括号"),
        (words(忌="别说{brand}"), "忌", "不能留空"),
        (words(备注="随便"), "备注", "没有这一列"),
    ],
    ids=short,
)
def test_a_fault_names_sheet_row_column_and_fix(row: Row, column: str, said: str) -> None:
    [found] = faults(row)
    assert (found.sheet, found.row, found.column) == ("话术", 2, column)
    assert said in found.found + found.fix


@pytest.mark.parametrize(
    ("sheet", "changed", "column", "said"),
    [
        ("objections", {"客户会这样说": "你们先垫着\n垫三个月"}, "客户会这样说", "至少 12"),
        ("objections", {"最像哪个标准异议": ""}, "最像哪个标准异议", "新异议还缺"),
        ("objections", {"最像哪个标准异议": "要我们垫资"}, "最像哪个标准异议", "标准异议"),
        ("objections", {"可能的原因": "只有一条"}, "可能的原因", "至少 2"),
        ("objections", {"先问一句": "问" * 51}, "先问一句", "最多 50"),
        ("words", {"异议": "太贵了"}, "异议", "还没有话术"),
        ("techniques", {"步骤": "第一步"}, "步骤", "至少 2"),
        ("techniques", {"类别": "绝招"}, "类别", "促成"),
        ("drills", {"难度": "很难"}, "难度", "整数"),
        ("drills", {"难度": "7"}, "难度", "1 到 3"),
        ("drills", {"提第二个异议的话": "只有一句话"}, "提第二个异议的话", "至少 2"),
        ("drills", {"第二个异议": "太贵了"}, "第二个异议", "同一个"),
        ("drills", {"走人": "走\n不谈了"}, "走人", "第 1 条"),
        ("quizzes", {"错误答案": "45 天，要总监批\n60 天"}, "错误答案", "正确答案也在"),
        ("quizzes", {"错误答案": "60 天\n60 天"}, "错误答案", "重复"),
    ],
    ids=short,
)
def test_faults_of_every_sheet(sheet: str, changed: dict[str, str], column: str, said: str) -> None:
    found = [fault for fault in faults(*example(sheet, **changed)) if fault.column == column]
    assert any(said in fault.found + fault.fix for fault in found), found


def test_a_technique_cannot_take_the_name_of_one_of_the_product() -> None:
    rows = [replace(row, cells={**row.cells, "技巧": "拆散法"}) for row in example_rows() if row.sheet == "techniques"]
    assert any("标准技巧" in fault.found for fault in faults(*rows))


def test_the_same_row_twice_is_told_with_the_other_row() -> None:
    [found] = faults(words(), replace(words(), number=3))
    assert (found.row, found.found) == (3, "和第 2 行重复")


def test_a_sentence_that_is_another_objections_is_told_with_its_owner() -> None:
    row = Row("objections", 2, {"异议": "太贵了", "客户会这样说": "我想再比三家看看\n这价把我吓着了"})
    [found] = faults(row, taken={"我想再比三家看看": "competitor_cheaper"})
    assert "第 1 句" in found.found
    assert product().objections["competitor_cheaper"].title in found.found


@pytest.mark.parametrize("line", ["[太贵](objection)了", "太{贵}了", "这价(含税)贵了"])
def test_no_sentence_can_slip_marks_into_the_training_data(line: str) -> None:
    found = faults(Row("objections", 2, {"异议": "太贵了", "客户会这样说": line}))
    assert found
