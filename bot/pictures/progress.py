"""What one person can do: days practised, trend, mastery of skills and of objections.

Data, all texts ready to show:

    {"title": "小林", "summary": "连续 5 天", "days": [true, false, …],          oldest first, 14 of them
     "trend": [62, 70, …],                                                   totals of drills, oldest first, 0 to 100
     "skills": [["接住情绪", 80], ["探原因", null], …],                         null: not practised yet
     "objections": [["太贵了", 55], …],
     "words": {"days": …, "trend": …, "skills": …, "objections": …, "empty": …}}   headings
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from bot.pictures.canvas import GRID, INK, PALE, SIDE_PX, WIDTH_PX, band, colour, new_figure

COLUMNS, GAP = 3, 0.02  # the gap between two tiles, in parts of the width between the margins
HEAD_PX, TREND_PX, ROW_PX, TILE_PX, TITLE_PX, MARGIN_PX = 190, 250, 58, 104, 64, 40


def draw(data: Mapping[str, Any]) -> Figure:
    """A figure of 1,080 pixels' width, as high as the data needs."""
    words, skills, objections = data["words"], data["skills"], data["objections"]
    skills_px, tiles_px = ROW_PX * len(skills), TILE_PX * ceil(len(objections) / COLUMNS)
    figure = new_figure(HEAD_PX + TREND_PX + skills_px + tiles_px + 3 * TITLE_PX + 2 * MARGIN_PX)
    top = float(MARGIN_PX)
    _head(band(figure, top, HEAD_PX), data)
    top += HEAD_PX
    _heading(band(figure, top, TITLE_PX), words["trend"])
    _trend(band(figure, top + TITLE_PX, TREND_PX - 20), data["trend"], words["empty"])
    top += TITLE_PX + TREND_PX
    _heading(band(figure, top, TITLE_PX), words["skills"])
    _bars(band(figure, top + TITLE_PX, skills_px), skills, words["empty"])
    top += TITLE_PX + skills_px
    _heading(band(figure, top, TITLE_PX), words["objections"])
    _tiles(band(figure, top + TITLE_PX, tiles_px), objections, words["empty"])
    return figure


def _head(axes: Axes, data: Mapping[str, Any]) -> None:
    axes.text(0, 0.98, data["title"], size=17, weight="bold", color=INK, va="top")
    axes.text(1, 0.93, data["summary"], size=11, color=INK, va="top", ha="right")
    days = data["days"]
    for number, practised in enumerate(days):
        x = 0.035 + number * 0.93 / max(len(days) - 1, 1)
        axes.plot([x], [0.34], "o", markersize=11, color=colour(100) if practised else GRID, clip_on=False)
    axes.text(0, 0.02, data["words"]["days"], size=8, color=PALE)


def _heading(axes: Axes, text: str) -> None:
    axes.text(0, 0.35, text, size=11.5, weight="bold", color=INK, va="center")


def _trend(axes: Axes, totals: list[float], empty: str) -> None:
    axes.set_ylim(-8, 108)
    for level in (0, 50, 100):
        axes.axhline(level, color=GRID, linewidth=1, zorder=0)
        axes.text(1.005, level, str(level), size=7.5, color=PALE, va="center", clip_on=False)
    if not totals:
        axes.text(0.5, 50, empty, size=10, color=PALE, ha="center", va="center", backgroundcolor="white")
        return
    places = [0.5] if len(totals) == 1 else [0.02 + 0.92 * n / (len(totals) - 1) for n in range(len(totals))]
    axes.plot(places, totals, "-o", color="#3f7fbf", linewidth=2, markersize=4, clip_on=False)
    axes.annotate(f"{totals[-1]:.0f}", (places[-1], totals[-1]), (0, 7), textcoords="offset points", size=10,
                  weight="bold", color=INK, ha="center")  # fmt: skip


def _bars(axes: Axes, rows: list[list[Any]], empty: str) -> None:
    axes.set_ylim(len(rows), 0)
    for number, (title, mastery) in enumerate(rows):
        middle = number + 0.5
        axes.text(0, middle, title, size=10, color=INK, va="center")
        axes.barh(middle, 0.55, 0.5, 0.33, color=GRID)
        axes.barh(middle, 0.55 * (mastery or 0) / 100, 0.5, 0.33, color=colour(mastery))
        _value(axes, 1, middle, mastery, empty, ha="right")


def _tiles(axes: Axes, cells: list[list[Any]], empty: str) -> None:
    axes.set_ylim(ceil(len(cells) / COLUMNS), 0)
    width = (1 - (COLUMNS - 1) * GAP) / COLUMNS
    for number, (title, mastery) in enumerate(cells):
        row, column = divmod(number, COLUMNS)
        left = column * (width + GAP)
        axes.add_patch(_tile(left, row, width, colour(mastery)))
        axes.text(left + 0.02, row + 0.5, title, size=9.5, color=INK, va="center")
        _value(axes, left + width - 0.02, row + 0.5, mastery, empty, ha="right")


def _tile(left: float, row: int, width: float, face: str) -> FancyBboxPatch:
    """A rounded tile; one unit of y is a row, one of x the width between the margins."""
    aspect = (WIDTH_PX - 2 * SIDE_PX) / TILE_PX
    rounded = "round,pad=0,rounding_size=0.015"
    return FancyBboxPatch((left, row + 0.08), width, 0.84, rounded, mutation_aspect=aspect, linewidth=0, facecolor=face)


def _value(axes: Axes, x: float, y: float, mastery: float | None, empty: str, ha: str) -> None:
    text, size, ink = (empty, 8, PALE) if mastery is None else (f"{mastery:.0f}", 11, INK)
    axes.text(x, y, text, size=size, color=ink, va="center", ha=ha)
