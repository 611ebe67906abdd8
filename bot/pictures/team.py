"""A team's mastery: a row for each person, a column for each objection.

Data, all texts ready to show:

    {"title": "华东", "summary": "30 人", "people": ["小林", …], "objections": ["太贵了", …],
     "cells": [[55, null, …], …], "more": "另有 4 人"}      rows of `people`; null: not practised yet; 0 to 100
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.pictures.canvas import INK, PALE, band, colour, new_figure

HEAD_PX, TITLES_PX, ROW_PX, FOOT_PX, MARGIN_PX = 110, 230, 46, 50, 40
NAMES = 0.16  # of the width, for the names at the left
LONGEST_NAME, LONGEST_TITLE = 6, 8


def draw(data: Mapping[str, Any]) -> Figure:
    """A figure of 1,080 pixels' width, as high as the team is large."""
    rows_px = ROW_PX * max(1, len(data["people"]))
    figure = new_figure(MARGIN_PX * 2 + HEAD_PX + TITLES_PX + rows_px + FOOT_PX)
    head = band(figure, MARGIN_PX, HEAD_PX)
    head.text(0, 0.9, data["title"], size=17, weight="bold", color=INK, va="top")
    head.text(1, 0.85, data["summary"], size=10, color=INK, va="top", ha="right")
    _titles(band(figure, MARGIN_PX + HEAD_PX, TITLES_PX), data["objections"])
    _rows(band(figure, MARGIN_PX + HEAD_PX + TITLES_PX, rows_px), data)
    foot = band(figure, MARGIN_PX + HEAD_PX + TITLES_PX + rows_px, FOOT_PX)
    foot.text(0, 0.3, data["more"], size=8, color=PALE)
    return figure


def _titles(axes: Axes, titles: list[str]) -> None:
    """One below the other character, as Chinese can be written: turned text is hard to read."""
    for number, title in enumerate(titles):
        x = NAMES + (number + 0.5) * _width(titles)
        axes.text(
            x, 0.04, "\n".join(title[:LONGEST_TITLE]), size=7.5, color=INK, ha="center", va="bottom", linespacing=1
        )


def _rows(axes: Axes, data: Mapping[str, Any]) -> None:
    axes.set_ylim(max(1, len(data["people"])), 0)
    for row, (name, cells) in enumerate(zip(data["people"], data["cells"], strict=True)):
        axes.text(0, row + 0.5, name[:LONGEST_NAME], size=8.5, color=INK, va="center")
        for column, mastery in enumerate(cells):
            _cell(axes, NAMES + column * _width(cells), row, _width(cells), mastery)


def _cell(axes: Axes, left: float, row: int, width: float, mastery: float | None) -> None:
    axes.add_patch(Rectangle((left + 0.001, row + 0.04), width - 0.002, 0.92, facecolor=colour(mastery), linewidth=0))
    if mastery is not None:
        axes.text(left + width / 2, row + 0.5, f"{mastery:.0f}", size=7, color=INK, ha="center", va="center")


def _width(columns: list[Any]) -> float:
    return (1 - NAMES) / max(1, len(columns))
