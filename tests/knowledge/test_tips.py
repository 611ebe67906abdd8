"""The stock of tips: enough for every objection, style and stage; who gets which; faults are reported."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.models import Knowledge, Style
from knowledge.problems import KnowledgeError
from knowledge.tip_stock import Tip, choose, load_tips, tips
from tests.knowledge.conftest import SmallKnowledge

STOCK = list(tips().values())


def tip(tip_id: str, objection: str = "") -> Tip:
    return Tip(tip_id, tip_id, "", "", "objection", (), objection)


def test_there_are_enough_for_half_a_year(known: Knowledge) -> None:
    assert len(STOCK) >= 120
    assert set(Counter(one.objection for one in STOCK)) - {""} == known.objections.keys()
    assert {one.style for one in STOCK} - {""} == {style.value for style in Style}
    assert len({one.stage for one in STOCK}) == 8


def test_the_button_to_practise_can_carry_what_it_is_about() -> None:
    assert not [one.id for one in STOCK if one.objection and one.style]


def test_no_two_say_the_same() -> None:
    assert len({one.text for one in STOCK}) == len({one.today for one in STOCK}) == len(STOCK)


def test_each_day_brings_another_until_all_were_given() -> None:
    had: list[str] = []
    for turn in range(len(STOCK)):
        had.insert(0, choose(STOCK, had, [], turn).id)
    assert len(set(had)) == len(STOCK)
    assert choose(STOCK, had, [], 0).id == had[-1], "then the one that lies back longest"


def test_what_is_weak_comes_first_but_not_twice_in_a_row() -> None:
    stock = [tip("a"), tip("b", "price"), tip("c", "price"), tip("d", "time")]
    assert choose(stock, [], ["price", "time"], 0).id == "b"
    assert choose(stock, ["b"], ["price", "time"], 0).id == "d"
    assert choose(stock, ["b"], ["price"], 0).id == "c", "nothing else is weak"
    assert choose(stock, ["d", "c", "b"], ["price", "time"], 0).id == "a"


def test_people_do_not_all_get_the_same() -> None:
    assert len({choose(STOCK, [], [], turn).id for turn in range(10)}) == 10


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("objection", "too_dear", "price_ask_against_what: objection 'too_dear' is unknown; use a file name of"),
        ("sources", ["S0-99"], "source 'S0-99' does not exist; use a row id of knowledge/sources.yml"),
        ("title", "把总价拆开", "'把总价拆开' is used in knowledge/tips/price.yml too; give it its own"),
        ("text", "长" * 161, "shorten it to 160 characters (now 161)"),
        ("hint", "x", "remove or rename the key"),
    ],
)
def test_a_fault_is_named_with_its_fix(
    small: SmallKnowledge, known: Knowledge, key: str, value: object, message: str
) -> None:
    file = "tips/price.yml"
    small.copy_file(file)
    small.edit(file, lambda content: content["tips"][0].update({key: value}))
    with pytest.raises(KnowledgeError) as caught:
        load_tips(small.folder, known)
    [problem] = caught.value.problems
    assert message in str(problem)
