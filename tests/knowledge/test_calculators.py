"""Sums with the material's figures; lines that reps type, and the sentence for each that cannot be used."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calculators.data import calculators, load_calculators
from knowledge.calculators.deals import Customer, Deal, read_customers, read_deals
from knowledge.calculators.forecast import forecast
from knowledge.calculators.grading import grade, vital_few
from knowledge.calculators.money import spoken
from knowledge.calculators.scoring import is_valid, result
from knowledge.loader import FOLDER, knowledge
from knowledge.problems import KnowledgeError

FUNNEL = "300万 5%\n240万 10%\n176万 20%\n464万 30%\n146万 50%\n98万 80%"


def deals_of(text: str) -> list[tuple[int, str]]:
    deals, mistakes = read_deals(text)
    assert mistakes == []
    return [(int(deal.amount), str(deal.rate)) for deal in deals]


def test_the_table_of_the_material_adds_up_to_its_weighted_sum() -> None:
    result = forecast(read_deals(FUNNEL)[0])
    assert (result.open, result.expected, result.total) == (14_240_000, 3_648_000, 3_648_000)
    assert [str(step.expected / 10_000) for step in result.steps] == ["15", "24", "35.2", "139.2", "73", "78.4"]


def test_what_is_done_counts_in_full_and_deals_of_one_stage_together() -> None:
    result = forecast(read_deals("100万 已完成\n50万 方案\n30万 报价")[0])
    assert (result.done, result.open, result.total) == (1_000_000, 800_000, 1_240_000)
    assert [(step.title, step.deals) for step in result.steps] == [("方案报价", 2)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("50万 方案阶段", [(500_000, "30")]),
        ("方案，50万", [(500_000, "30")]),
        ("王总那单三十五万，合同在走了", [(350_000, "80")]),
        ("30w试用；1,200元 线索", [(300_000, "50"), (1_200, "5")]),
        ("50万方案，30万试用，8千接触", [(500_000, "30"), (300_000, "50"), (8_000, "10")]),
        ("５０萬　報價", [(500_000, "30")]),
        ("50万30%", [(500_000, "30")]),
        ("20万 三成把握", [(200_000, "30")]),
        ("1.5百万 中标", [(1_500_000, "80")]),
        ("50万 方案 2个月后定", [(500_000, "30")]),
        ("80万 合同已签", [(800_000, "100")]),
    ],
)
def test_lines_that_reps_type(typed: str, read: list[tuple[int, str]]) -> None:
    assert deals_of(typed) == read


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("方案阶段", "no_amount"),
        ("50 方案", "no_unit"),
        ("3万5 方案", "no_unit"),
        ("50万变60万 方案", "several_amounts"),
        ("3个50万 方案", "several_deals"),
        ("-5万 方案", "negative"),
        ("0元 方案", "negative"),
        ("9999亿 方案", "too_big"),
        ("50万欧元 方案", "foreign"),
        ("50万", "no_stage"),
        ("50万 方案 试用", "several_stages"),
        ("50万 120%", "bad_rate"),
        ("", "nothing"),
        ("50万 方案\n" * 41, "too_many"),
    ],
)
def test_lines_that_cannot_be_used_say_why(typed: str, kind: str) -> None:
    deals, mistakes = read_deals(typed)
    assert (deals, [mistake.kind for mistake in mistakes]) == ([], [kind])
    assert mistakes[0].sentence().endswith("。")
    assert "{" not in mistakes[0].sentence()


def test_good_lines_count_beside_a_bad_one() -> None:
    deals, mistakes = read_deals("50万 方案\n8 试用")
    assert (len(deals), [mistake.line for mistake in mistakes]) == (1, ["8 试用"])


@given(st.text(max_size=200))
def test_any_text_gives_deals_or_a_reason(typed: str) -> None:
    for read in (read_deals, read_customers):
        found, mistakes = read(typed)
        assert found or mistakes


@given(st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from([5, 10, 20, 30, 50, 80, 100])), max_size=20))
def test_a_forecast_lies_between_what_is_done_and_everything(pairs: list[tuple[int, int]]) -> None:
    deals = [Deal(Decimal(amount), Decimal(rate)) for amount, rate in pairs]
    result = forecast(deals)
    assert result.done <= result.total <= sum(deal.amount for deal in deals)
    assert result.total == sum(deal.amount * deal.rate / 100 for deal in deals)


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        ("1200", "1,200 元"),
        ("3648000", "364.8 万元"),
        ("14240000", "1,424 万元"),
        ("230000000", "2.3 亿元"),
        ("0", "0 元"),
    ],
)
def test_money_is_shown_with_its_unit(yuan: str, shown: str) -> None:
    assert spoken(Decimal(yuan)) == shown


@pytest.mark.parametrize(
    ("yuan", "level", "on_edge"),
    [(500_000, "key", True), (500_001, "key", False), (499_999, "ordinary", False), (100_000, "ordinary", True),
     (99_999, "small", False), (1, "small", False)],
)  # fmt: skip
def test_grades_by_amount(yuan: int, level: str, on_edge: bool) -> None:
    graded = grade(Customer("王总", Decimal(yuan)))
    assert (graded.level.id, graded.on_edge) == (level, on_edge)


def test_the_vital_few_of_ten_customers_are_two() -> None:
    customers = [Customer(str(n), Decimal(amount)) for n, amount in enumerate([50, 30, 5, 5, 2, 2, 2, 2, 1, 1])]
    few = vital_few(customers)
    assert (few.few, few.share, few.enough) == (2, 80, 2)
    assert vital_few(customers[:1]).few == 1


def test_customers_keep_their_names_and_one_without_gets_a_number() -> None:
    customers, mistakes = read_customers("王总 60万\n李姐：8万\n12万")
    assert mistakes == []
    assert [(c.name, int(c.amount)) for c in customers] == [("王总", 600_000), ("李姐", 80_000), ("#3", 120_000)]


def test_every_answer_of_a_questionnaire_leads_to_a_verdict() -> None:
    for asked in calculators().questionnaires.values():
        best = "".join(str(q.answers.index(max(q.answers, key=lambda a: a.points))) for q in asked.questions)
        worst = "".join(str(q.answers.index(min(q.answers, key=lambda a: a.points))) for q in asked.questions)
        assert (result(asked, best).points, result(asked, worst).points) == (result(asked, best).most, 0)
        assert result(asked, best).verdict == asked.verdicts[0].text
        assert result(asked, worst).verdict == asked.verdicts[-1].text
        assert result(asked, worst).advice


@pytest.mark.parametrize("answers", ["9", "x", "000000", "-1"])
def test_answers_that_no_button_gives_are_refused(answers: str) -> None:
    assert not is_valid(calculators().questionnaires["opportunity"], answers)


def test_wrong_rules_are_named_with_their_fix(tmp_path: Path) -> None:
    data = yaml.safe_load((FOLDER / "calculators.yml").read_text(encoding="utf-8"))
    data["forecast"]["sources"] = ["S0-99"]
    data["grades"]["levels"].reverse()
    data["forecast"]["stages"][1]["words"] = ["方案"]
    (tmp_path / "calculators.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_calculators(tmp_path, knowledge())
    assert [problem.item for problem in caught.value.problems] == ["forecast", "grades.levels", "forecast.方案报价"]
