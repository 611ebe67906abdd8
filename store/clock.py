"""The time as the store writes it."""

from __future__ import annotations

from datetime import datetime, timezone


def utc_now() -> datetime:
    """Now, timezone-aware, in UTC; passed in wherever a test needs another time."""
    return datetime.now(timezone.utc)
