"""The score adds up, shows the rep's own words, stays the same, and refuses what cannot be judged."""

from __future__ import annotations

import pytest

from knowledge.loader import knowledge
from knowledge.scoring import Answer, Score, scorer
from knowledge.scoring.rubric import CONDUCT, FULL_MARKS, rubrics

CUSTOMER = "这套柜子三万二，我邻居家装下来才两万出头，怎么差这么多"
GOOD = (
    "差一万多，换我也要问个明白。您邻居家用的什么板、几个抽屉？您把他家单子拍给我，我今晚照同样的规格并排列一张表，"
    "多出来的您划掉，明天下午来店里看行吗？"
)


def score(text: str, **others: str) -> Score:
    fields = {
        "objection": "too_expensive",
        "style": "analytical",
        "domain": "家装",
        "customer_line": CUSTOMER,
        **others,
    }
    return scorer().score(Answer(text=text, **fields))


def test_every_point_adds_up() -> None:
    result = score(GOOD)
    assert result.total == sum(check.points for check in result.checks) > 0
    assert sum(check.max_points for check in result.checks) == FULL_MARKS
    assert [check.id for check in result.checks] == [check.id for check in rubrics().checks["too_expensive"]]


def test_faults_cost_what_the_conduct_lost() -> None:
    result = score("您邻居家那肯定是杂牌板，甲醛超标的烂货，赶紧今天定了吧，不定就后悔")
    conduct = next(check for check in result.checks if check.id == CONDUCT)
    assert result.faults
    assert conduct.points == conduct.max_points + sum(fault.points for fault in result.faults)


def test_evidence_is_in_the_answer() -> None:
    result = score(GOOD)
    shown = [check.evidence for check in result.checks if check.evidence]
    assert shown
    assert all(evidence in GOOD for evidence in shown)


def test_the_same_answer_gets_the_same_score() -> None:
    assert score(GOOD) == score(GOOD)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("嗯嗯", "too_short"),
        ("😂😂😂", "too_short"),
        ("", "too_short"),
        ("let me check the price for you", "not_chinese"),
        ("asdf qwer zxcv uiop 好", "not_chinese"),
        (CUSTOMER, "copied_customer"),
        (CUSTOMER.replace("，", " ") + "？？", "copied_customer"),
        (knowledge().style_words["too_expensive"]["analytical"].say, "copied_tip"),
        (knowledge().objections["too_expensive"].techniques[1].say, "copied_tip"),
    ],
)
def test_what_cannot_be_scored_says_why(text: str, reason: str) -> None:
    result = score(text)
    assert (result.unscorable, result.total, result.checks) == (reason, 0, ())
    assert result.feedback == rubrics().unscorable[reason]


def test_a_text_shown_before_is_no_answer() -> None:
    shown = ("您先别急着定，把两家的单子并排放着看一晚上，明天咱们再说哪儿多了哪儿少了。",)
    answer = Answer("too_expensive", None, "家装", CUSTOMER, shown[0].replace("咱们", "我们"), shown)
    assert scorer().score(answer).unscorable == "copied_tip"


def test_the_model_answer_fits_the_style() -> None:
    answers = {style: score(GOOD, style=style).model_answer for style in knowledge().styles}
    assert len(set(answers.values())) == len(answers)
