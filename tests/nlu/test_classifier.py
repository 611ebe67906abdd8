"""The statistical model on a handful of sentences: it learns, tells two objections apart, survives saving."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.classifier import Utterance, UtteranceClassifier

PRICE = ("太贵了", "价格太高了", "你们报价太贵", "贵得离谱", "这个价钱太高", "比预算贵太多")
LATER = ("我再考虑一下", "回去想想再说", "考虑考虑吧", "我要想一想", "再想想", "考虑好了再告诉你")
BOTH = ("太贵了，我再考虑一下", "价格太高，回去想想", "贵，考虑考虑吧", "太贵，再想想")
CALM = ("话很少，一直翻数据", "每个数字都要核对", "要看检测报告和数据", "逐条看合同条款")
LOUD = ("声音很大，催我快点", "拍桌子要结果", "说话强硬，要马上定", "不耐烦，只要底价")


OBJECTIONS = ("too_expensive", "think_it_over")
UTTERANCES = [
    *(Utterance(text, ("too_expensive",)) for text in PRICE),
    *(Utterance(text, ("think_it_over",)) for text in LATER),
    *(Utterance(text, ("too_expensive", "think_it_over")) for text in BOTH),
    *(Utterance(text, ("describe_customer",), "analytical") for text in CALM),
    *(Utterance(text, ("describe_customer",), "driver") for text in LOUD),
]


@pytest.fixture(scope="module")
def classifier() -> UtteranceClassifier:
    fitted = UtteranceClassifier()
    fitted.fit(UTTERANCES, OBJECTIONS)
    return fitted


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("这也太贵了吧", "too_expensive"),
        ("让我考虑考虑", "think_it_over"),
        ("一直看数据，话不多", "describe_customer"),
        ("太柜了", "too_expensive"),  # a homophone typo
    ],
)
def test_new_sentences_are_understood(classifier: UtteranceClassifier, text: str, intent: str) -> None:
    assert classifier.read(text).ranking[0][0] == intent


def test_the_ranking_holds_every_intent_best_first(classifier: UtteranceClassifier) -> None:
    ranking = classifier.read("太贵了").ranking
    assert {name for name, _ in ranking} == {"too_expensive", "think_it_over", "describe_customer"}
    assert [p for _, p in ranking] == sorted((p for _, p in ranking), reverse=True)
    assert sum(p for _, p in ranking) == pytest.approx(1)


def test_two_objections_are_both_present_and_one_is_not_doubled(classifier: UtteranceClassifier) -> None:
    both = classifier.read("价格太高了，我回去考虑一下").objections
    assert both["too_expensive"] > 0.5
    assert both["think_it_over"] > 0.5
    one = classifier.read("价格太高了").objections
    assert one["too_expensive"] > 0.5 > one["think_it_over"]


def test_two_objections_are_likelier_where_there_are_two(classifier: UtteranceClassifier) -> None:
    two, one = classifier.read("价格太高了，我回去考虑一下"), classifier.read("价格太高了")
    assert two.two_objections > 0.5 > one.two_objections


def test_the_variant_tells_the_style(classifier: UtteranceClassifier) -> None:
    assert classifier.read("一直翻数据和报告").variants["describe_customer"][0] == "analytical"
    style, probability = classifier.read("拍桌子，声音很大").variants["describe_customer"]
    assert style == "driver"
    assert 0.5 < probability <= 1


def test_a_model_reads_the_same_after_saving_and_loading(classifier: UtteranceClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    loaded = UtteranceClassifier.load(tmp_path)
    for text in ("太贵了", "我再想想", "话很少", "完全不相干的一句", "", "abc"):
        assert loaded.read(text) == classifier.read(text)


def test_fitting_again_gives_the_same_model(classifier: UtteranceClassifier) -> None:
    again = UtteranceClassifier()
    again.fit(UTTERANCES, OBJECTIONS)
    assert again.read("太贵了，再想想") == classifier.read("太贵了，再想想")


@pytest.mark.parametrize("text", ["", "。", "zzzz", "😀", "长" * 3000], ids=["empty", "stop", "latin", "emoji", "long"])
def test_any_text_gets_a_reading(classifier: UtteranceClassifier, text: str) -> None:
    reading = classifier.read(text)
    assert len(reading.ranking) == 3
    assert all(0 <= p <= 1 for _, p in reading.ranking)


class Stranger:
    """No part of a model."""


def test_a_file_with_foreign_objects_is_refused(classifier: UtteranceClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    [arrays] = tmp_path.glob("*.npz")
    with np.load(arrays) as stored:
        content = dict(stored)
    np.savez(arrays, **{**content, "mean_meaning": np.array([Stranger()], dtype=object)})
    with pytest.raises(ValueError, match="allow_pickle"):
        UtteranceClassifier.load(tmp_path)
