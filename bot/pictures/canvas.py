"""What all pictures share: a figure of a phone's width, a font that has Chinese, colours for mastery."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

WIDTH_PX = 1080  # what Telegram shows on a phone without scaling up
SIDE_PX = 48  # white at the left and right edge
DPI = 200
INK, PALE, GRID = "#22303c", "#8a97a3", "#e8edf1"
NOT_YET = "#eef1f4"
# From this mastery (0 to 100) on: colour. Readable beside black text, and told apart by brightness alone.
COLOURS = ((80, "#7fc8a0"), (60, "#bfe3b4"), (40, "#ffe59a"), (0, "#ffb4a2"))


@lru_cache(maxsize=1)
def use_chinese_font() -> None:
    """Make the font inside the package mpl-font the default.

    The package itself is not imported, for it loads pyplot.
    """
    package = find_spec("mpl_font")
    assert package is not None
    assert package.origin is not None
    for weight in ("Regular", "Bold"):
        path = Path(package.origin).parent / "fonts" / "noto" / f"NotoSansCJKsc-{weight}.otf"
        fontManager.addfont(str(path))
    rcParams["font.family"] = FontProperties(fname=str(path)).get_name()
    rcParams["axes.unicode_minus"] = False


def new_figure(height_px: int) -> Figure:
    """An empty white figure of a phone's width."""
    use_chinese_font()
    figure = Figure(figsize=(WIDTH_PX / DPI, height_px / DPI), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def band(figure: Figure, top_px: float, height_px: float) -> Axes:
    """Axes over the figure's width between two heights, measured in pixels from the top; x and y run from 0 to 1."""
    _, total_px = figure.get_size_inches() * DPI
    left, width = SIDE_PX / WIDTH_PX, 1 - 2 * SIDE_PX / WIDTH_PX
    axes = figure.add_axes((left, 1 - (top_px + height_px) / total_px, width, height_px / total_px))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.axis("off")
    return axes


def colour(mastery: float | None) -> str:
    """The colour of a mastery of 0 to 100; of None, grey."""
    if mastery is None:
        return NOT_YET
    return next(colour for least, colour in COLOURS if mastery >= least)
