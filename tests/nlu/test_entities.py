"""Names, amounts, shares and times in a message, at their places."""

from __future__ import annotations

import pytest

from knowledge.language import normalise
from knowledge.loader import knowledge
from nlu.entities import Entity, EntityFinder


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return EntityFinder()


def found(finder: EntityFinder, text: str) -> list[tuple[str, str]]:
    """(type, value) of each entity."""
    return [(entity.type, entity.value) for entity in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老虎型客户说太贵了", [("style", "driver"), ("named_objection", "too_expensive")]),
        ("他是猫头鹰型的", [("style", "analytical")]),
        ("典型控制型", [("style", "driver")]),
        ("拆散法怎么用", [("technique", "breakdown")]),
        ("对比法和拆分法", [("technique", "comparison"), ("technique", "breakdown")]),
        ("我老婆不同意", [("role", "家人")]),
        ("采购经理要再看看", [("role", "采购")]),
        ("我们做SaaS的", [("industry", "软件")]),
        ("又说太贵", [("again", "again")]),
        ("别家比你便宜20%", [("competitor", "别家"), ("percentage", "20%")]),
        ("老板说二十万", [("role", "老板"), ("amount", "二十万")]),
        (
            "我丈母娘说友商的净水机便宜三百块",
            [("role", "家人"), ("competitor", "别家"), ("product", "净水器"), ("amount", "三百块")],
        ),
        ("做农资的，院长和法务都要看", [("industry", "农资"), ("role", "院长"), ("role", "法务")]),
        ("健身房年卡打7折", [("industry", "健身"), ("product", "卡"), ("percentage", "7折")]),
        ("中央空调3天装好", [("product", "空调"), ("time", "3天")]),
    ],
)
def test_a_message_names(finder: EntityFinder, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("便宜五百", "amount", "五百"),
        ("三千块太贵", "amount", "三千块"),
        ("报价22000元", "amount", "22000元"),
        ("要2.5万", "amount", "2.5万"),
        ("就差3w", "amount", "3w"),
        ("打8折行不行", "percentage", "8折"),
        ("九五折", "percentage", "九五折"),
        ("让三成", "percentage", "三成"),
        ("百分之二十的折扣", "percentage", "百分之二十"),
        ("等3个月", "time", "3个月"),
        ("半年后再说", "time", "半年"),
        ("10点见", "time", "10点"),
    ],
)
def test_numbers_with_units(finder: EntityFinder, text: str, kind: str, value: str) -> None:
    assert found(finder, text) == [(kind, value)]


@pytest.mark.parametrize("text", ["", "再想想", "他话很少", "1000", "万一", "一般般吧", "😀"])
def test_nothing_is_invented(finder: EntityFinder, text: str) -> None:
    assert finder.find(text) == []


def test_an_entity_tells_where_it_stands(finder: EntityFinder) -> None:
    text = "我老婆说别家便宜两千块"
    for entity in finder.find(text):
        assert text[entity.start : entity.end] == entity.text
    assert finder.find(text)[0] == Entity("role", "家人", "老婆", 1, 3)


def test_the_longest_name_wins_where_names_overlap(finder: EntityFinder) -> None:
    [entity] = finder.find("猫头鹰型")
    assert entity.text == "猫头鹰型"


def test_capital_letters_do_not_matter(finder: EntityFinder) -> None:
    assert found(finder, "saas") == found(finder, "SAAS") == found(finder, "SaaS")


def test_a_name_is_found_wherever_it_stands(finder: EntityFinder) -> None:
    for text in ("拆散法", "那个拆散法怎么用啊", "讲讲拆散法", "用拆散法行吗"):
        assert ("technique", "breakdown") in found(finder, text)


def test_every_technique_and_style_is_found_by_each_name(finder: EntityFinder) -> None:
    for technique in knowledge().techniques.values():
        for name in (technique.name, *technique.aliases):
            assert ("technique", technique.id) in found(finder, normalise(f"{name}怎么用")), name
    for style in knowledge().styles.values():
        for name in style.aliases:
            assert ("style", style.id) in found(finder, normalise(f"{name}客户怎么谈")), name
