"""What only looks like a good answer earns few points: each way of cheating beside an honest answer."""

from __future__ import annotations

import pytest

from knowledge.loader import knowledge
from knowledge.scoring import Answer, Score, scorer

PASS_MARK = 60
CUSTOMER = "净水器四千八？我楼下超市那台才一千九，差太多了吧"
HONEST = (
    "差两千九是不少，换我也得问。那台滤芯多久换、一支多少钱？您拍个型号给我，我把五年的花费并排写出来，明晚给您看。"
)


def score(text: str, customer: str = CUSTOMER, objection: str = "too_expensive") -> Score:
    return scorer().score(Answer(objection, "analytical", "家电", customer, text))


def test_an_honest_answer_passes() -> None:
    assert score(HONEST).total >= PASS_MARK


@pytest.mark.parametrize(
    "text",
    [
        "先用比较法，再用拆散法，接着赞美法，最后方案式完结，明天上午十点签合同好吗？",
        "同理心：理解您。询问法：您觉得贵在哪？底牌法：这是底价。约定时间：周五下午三点。",
        "您真有眼光，像您这么有品位、有气质、有实力的客户真的很少见，能认识您是我的荣幸，您说什么都对。",
        "您好您好，特别理解您，非常理解您，真的真的很理解您，感谢您的信任，感谢您的支持，期待您的选择，祝您生活愉快。",
        "我们公司历史悠久实力雄厚，产品通过了很多认证，服务网点遍布全国，得过很多大奖，口碑一直非常好，"
        "老客户都说好，买了绝对不后悔，而且外观大气，操作简单，节能环保，静音设计，智能控制，全家都能用。",
        "的是了在不我有这那就也都会说去来没到很要",
        "苹果跑步蓝色椅子昨天打印了一只云朵，请签收风。",
        "好的收到，没问题的，您放心吧。",
        "别犹豫了，今天不定明天就涨价，就剩最后一台，赶紧付钱吧！",
        "楼下超市那台是翻新货，滤芯都是假的，喝了要得病的，您可别贪便宜。",
    ],
)
def test_cheating_does_not_pass(text: str) -> None:
    assert score(text).total < PASS_MARK / 2


def test_techniques_that_are_only_named_are_not_told_as_used() -> None:
    assert score("先用比较法，再用拆散法，接着赞美法，最后方案式完结，明天上午十点签合同好吗？").techniques == ()


def test_contradicting_the_customer_is_told_by_its_name() -> None:
    """The material calls it a technique; that it is one does not make the answer good."""
    found = score("哪里贵了，一点都不贵，您这是没见过好东西，超市那种能跟我们比吗")
    assert "denial" in found.techniques
    assert found.total < PASS_MARK / 2


def test_padding_earns_nothing() -> None:
    padding = "我们是大品牌，质量好，服务好，口碑好，大家都说好，您放心选就是了，不会错的。" * 3
    assert score(HONEST + padding).total <= score(HONEST).total


@pytest.mark.parametrize("other", ["complaint_service", "need_authority"])
def test_an_answer_to_another_objection_does_not_pass(other: str) -> None:
    answers = {
        "complaint_service": "等了四天没人来，真对不住。师傅今天下午三点前到，修不好先给您换备用机，您家几号楼？",
        "need_authority": "两口子商量是应该的。嫂子最在意哪一点？我写一页纸给她看，周六我再过来，当面回答她。",
    }
    stranger = score(answers[other], "这份人寿年化只有2.3，样本和口径你们怎么算的", "worth_doubt")
    assert stranger.total < PASS_MARK / 2
    assert {fault.id for fault in stranger.faults} & {"no_answer", "off_topic"}


def test_the_words_of_the_coach_are_not_the_reps() -> None:
    for use in knowledge().objections["too_expensive"].techniques:
        assert score(use.say).unscorable == "copied_tip"


def test_typos_and_emoji_cost_little() -> None:
    typed = HONEST.replace("滤芯", "虑芯").replace("型号", "形号").replace("。", "😂 ")
    assert abs(score(typed).total - score(HONEST).total) <= 12
