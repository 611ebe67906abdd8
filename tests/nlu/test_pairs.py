"""Two objections need a clause each: cutting a text, and which pair the whole and its clauses agree on; no model."""

from __future__ import annotations

import pytest

from nlu.classifier import Reading
from nlu.pairs import clauses, likeliest_pair

OBJECTIONS = ("too_expensive", "competitor_cheaper", "think_it_over")


def reading(two: float = 0.3, **chances: float) -> Reading:
    """A reading with these probabilities; an objection is as present as it is likely."""
    all_chances = dict.fromkeys(OBJECTIONS, 0.01) | chances
    return Reading(
        ranking=sorted(all_chances.items(), key=lambda item: -item[1]),
        two_objections=two,
        objections=all_chances,
        variants={},
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("太贵了，别家便宜", ["太贵了", "别家便宜"]),
        ("价格太高而且我做不了主", ["价格太高", "我做不了主"]),
        ("太贵了！再说 别家便宜", ["太贵了", "别家便宜"]),
        ("太贵了", []),
        ("嗯，太贵了", []),  # a single character says nothing
        ("", []),
        ("，。！", []),
    ],
)
def test_a_text_is_cut_into_its_clauses(text: str, found: list[str]) -> None:
    assert clauses(text) == found


def test_the_pair_has_a_clause_each_in_the_order_said() -> None:
    whole = reading(competitor_cheaper=0.8, too_expensive=0.15)
    pair = likeliest_pair("competitor_cheaper", whole, [reading(too_expensive=0.9), reading(competitor_cheaper=0.9)])
    assert (pair.first, pair.second) == ("too_expensive", "competitor_cheaper")


def test_two_clauses_that_say_the_same_are_less_of_a_pair() -> None:
    whole = reading(too_expensive=0.8, think_it_over=0.1)
    price, later = reading(too_expensive=0.95), reading(think_it_over=0.95)
    two = likeliest_pair("too_expensive", whole, [price, later])
    same = likeliest_pair("too_expensive", whole, [price, price])
    alone = likeliest_pair("too_expensive", whole, [])
    assert two.second == "think_it_over"
    assert two.score > max(alone.score, same.score)


def test_the_whole_must_bear_both() -> None:
    parts = [reading(too_expensive=0.9), reading(think_it_over=0.9)]
    bears = likeliest_pair("too_expensive", reading(0.9, too_expensive=0.6, think_it_over=0.4), parts)
    bears_not = likeliest_pair("too_expensive", reading(0.01, too_expensive=0.99), parts)
    assert bears.score > bears_not.score


def test_sure_readings_stay_finite() -> None:
    whole = reading(1.0, too_expensive=1.0, think_it_over=0.0, competitor_cheaper=0.0)
    assert likeliest_pair("too_expensive", whole, []).score > -100
