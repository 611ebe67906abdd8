"""The funnel of a forecast: a bar for each stage, as wide as its deals; the dark part is what win rates leave of it.

Data, all texts ready to show:

    {"bars": [{"title": "方案报价", "rate": "30%", "amount": "464 万元", "expected": "139.2 万元",
               "width": 1.0, "share": 0.3}, …],       from the top on; `width` of the widest bar is 1, `share` 0 to 1
     "words": {"title": "销售漏斗", "amount": "金额", "expected": "加权后"},
     "lines": ["已完成 100 万元", …]}                  under the bars
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.pictures.canvas import INK, PALE, band, new_figure

HEAD_PX, BAR_PX, LINE_PX, MARGIN_PX = 120, 124, 60, 40
MIDDLE, WIDEST = 0.48, 0.5  # bars stand in the middle column; names left, sums right
LEAST_WIDTH = 0.02  # a small deal stays visible
WHOLE, PART = "#cfe0f1", "#3f7fbf"


def draw(data: Mapping[str, Any]) -> Figure:
    """A figure of 1,080 pixels' width, as high as the data needs."""
    bars, lines = data["bars"], data["lines"]
    figure = new_figure(2 * MARGIN_PX + HEAD_PX + BAR_PX * len(bars) + LINE_PX * len(lines))
    _head(band(figure, MARGIN_PX, HEAD_PX), data["words"])
    top = MARGIN_PX + HEAD_PX
    for bar in bars:
        _bar(band(figure, top, BAR_PX), bar)
        top += BAR_PX
    for line in lines:
        band(figure, top, LINE_PX).text(1, 0.5, line, size=11, weight="bold", color=INK, ha="right", va="center")
        top += LINE_PX
    return figure


def _head(axes: Axes, words: Mapping[str, str]) -> None:
    axes.text(0, 0.9, words["title"], size=17, weight="bold", color=INK, va="top")
    for place, (face, key) in enumerate(((WHOLE, "amount"), (PART, "expected"))):
        x = 0.68 + 0.16 * place
        axes.add_patch(Rectangle((x, 0.6), 0.025, 0.22, facecolor=face, linewidth=0))
        axes.text(x + 0.035, 0.7, words[key], size=9, color=PALE, va="center")


def _bar(axes: Axes, bar: Mapping[str, Any]) -> None:
    axes.text(0, 0.6, bar["title"], size=11, color=INK, va="center")
    axes.text(0, 0.25, bar["rate"], size=9, color=PALE, va="center")
    width = max(bar["width"], LEAST_WIDTH) * WIDEST
    for face, part in ((WHOLE, 1.0), (PART, bar["share"])):
        axes.add_patch(Rectangle((MIDDLE - width * part / 2, 0.1), width * part, 0.74, facecolor=face, linewidth=0))
    axes.text(1, 0.6, bar["amount"], size=10, color=PALE, ha="right", va="center")
    axes.text(1, 0.25, bar["expected"], size=11, color=INK, ha="right", va="center")
