"""Pictures are drawn from data: of a phone's width, not blank, with Chinese glyphs for every text."""

from __future__ import annotations

import io
import warnings
from typing import Any

import pytest
from matplotlib.image import imread

from bot.engine import Picture
from bot.pictures import png
from bot.pictures.canvas import COLOURS, NOT_YET, WIDTH_PX, colour

WORDS = {"days": "最近 14 天", "trend": "得分", "skills": "本事", "objections": "异议", "empty": "还没练"}
FULL: dict[str, Any] = {
    "title": "小林的练习",
    "summary": "连续 5 天 · 共 37 局",
    "days": [True, False] * 7,
    "trend": [40, 62, 55, 80],
    "skills": [["接住情绪", 80.0], ["推进下一步", None]],
    "objections": [["太贵了", 55.0], ["我要考虑一下", None], ["别家更便宜", 0.0], ["不需要", 100.0]],
    "words": WORDS,
}
EMPTY = {**FULL, "days": [False] * 14, "trend": [], "skills": [["接住情绪", None]], "objections": [["太贵了", None]]}


@pytest.mark.parametrize("data", [FULL, EMPTY, {**FULL, "trend": [70]}])
def test_a_progress_picture_has_a_phones_width_and_is_not_blank(data: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a glyph that the font lacks
        pixels = imread(io.BytesIO(png(Picture("progress", "", data))))
    height, width, _ = pixels.shape
    assert width == WIDTH_PX
    assert 0.75 * width < height < 2 * width
    assert len({tuple(pixel) for row in pixels[::10] for pixel in row[::10]}) > 5


def test_the_picture_shows_what_the_data_says() -> None:
    assert png(Picture("progress", "", FULL)) != png(Picture("progress", "", EMPTY))
    assert png(Picture("progress", "", FULL)) == png(Picture("progress", "", FULL))


def test_mastery_has_a_colour_and_no_practice_has_none() -> None:
    assert [colour(value) for value in (100, 80, 79, 60, 40, 39, 0)] == [
        COLOURS[place][1] for place in (0, 0, 1, 1, 2, 3, 3)
    ]
    assert colour(None) == NOT_YET


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        png(Picture("nothing", "", {}))


BAR = {"title": "方案报价", "rate": "30%", "amount": "464 万元", "expected": "139.2 万元", "width": 1.0, "share": 0.3}
FUNNEL = {
    "bars": [{**BAR, "title": "线索", "width": 0.0001, "share": 0.05}, BAR],
    "words": {"title": "销售漏斗", "amount": "金额", "expected": "加权后"},
    "lines": ["＝ 销售预计 364.8 万元"],
}


def test_a_funnel_is_as_high_as_it_has_bars() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one, two = (
            imread(io.BytesIO(png(Picture("funnel", "", {**FUNNEL, "bars": bars})))) for bars in ([BAR], FUNNEL["bars"])
        )
    assert one.shape[1] == two.shape[1] == WIDTH_PX
    assert one.shape[0] < two.shape[0]
    assert len({tuple(pixel) for row in two[::10] for pixel in row[::10]}) > 5
