"""A company's table as it comes in: tried, then kept as a draft, or told what is wrong by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.conversation import texts
from knowledge.own.table.cells import Row
from knowledge.own.table.faults import Fault
from store import own_tables
from store.database import database
from store.own_tables import OwnTable

FAULTS_SHOWN = 8


def keep(name: str, rows: Sequence[Row], summary: Mapping[str, Any], added_by: str, now: datetime) -> OwnTable:
    """Keep a table without faults as a draft; `summary` is what its trial found."""
    return own_tables.add_draft(database(), name, [asdict(row) for row in rows], summary, added_by, now)


def report(faults: Sequence[Fault]) -> str:
    """The first faults, and how many there are."""
    words = texts()["own_table"]
    shown = "\n".join(line(fault) for fault in faults[:FAULTS_SHOWN])
    more = words["more_faults"].format(count=len(faults) - FAULTS_SHOWN) if len(faults) > FAULTS_SHOWN else ""
    return words["faults"].format(count=len(faults), faults=shown, more=more).strip()


def line(fault: Fault) -> str:
    """Where it is, what is wrong, how to mend it."""
    return str(texts()["own_table"]["fault"].format(**asdict(fault)))
