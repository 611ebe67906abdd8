"""Turns knowledge into what is shown: open slots filled or marked, sources cited."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.models import Knowledge


def fill(text: str, known: Knowledge, values: Mapping[str, str] | None = None) -> str:
    """Replace open slots by `values`, the rest by their marked label (`{brand}` → 〔品牌〕)."""
    labels = {name: f"〔{label}〕" for name, label in known.slots.items()}
    return text.format_map({**labels, **(values or {})}) if "{" in text else text


def cite(rows: tuple[str, ...], known: Knowledge, limit: int = 2) -> str:
    """Sources by number of the training text and heading: “资料 000《例2 “太贵了”》”; the first `limit` of them."""
    sources = [known.sources[row] for row in rows[:limit]]
    return "；".join(f"资料 {source.seed}《{source.heading}》" for source in sources)
