"""Turns knowledge into what is shown: open slots filled or marked, sources cited."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.models import Knowledge, Source

# Between Chinese and Latin letters or figures stands a space, also where a value was put in.
_JOINT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])")


def fill(text: str, known: Knowledge, values: Mapping[str, str] | None = None) -> str:
    """Replace open slots by `values`, the rest by their marked label (`{brand}` → 〔品牌〕)."""
    if "{" not in text:
        return text
    labels = {name: f"〔{label}〕" for name, label in known.slots.items()}
    filled = text.format_map({**labels, **(values or {})})
    return _JOINT.sub(" ", filled) if values else filled


def cite(rows: tuple[str, ...], known: Knowledge, limit: int = 2) -> str:
    """Sources by number of the training text and heading: “资料 000《例2 “太贵了”》”; the first `limit` of them."""
    sources = [known.sources[row] for row in rows[:limit]]
    return "；".join(f"{_text_of(source)}《{source.heading}》" for source in sources)


def _text_of(source: Source) -> str:
    """The training text by its number; a company's own source has none."""
    return f"资料 {source.seed}" if source.seed else "公司资料"
