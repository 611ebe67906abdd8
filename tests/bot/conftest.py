"""The bot without a model."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.small_bot import SmallBot


@pytest.fixture
async def small_bot() -> AsyncIterator[SmallBot]:
    subject = SmallBot()
    await subject.start()
    yield subject
    await subject.stop()
