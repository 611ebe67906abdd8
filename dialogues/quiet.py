"""Keeps Rasa and TensorFlow from talking: they log every step and warn of their own dependencies."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa

_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


@contextmanager
def quietly() -> Iterator[None]:
    """Import or train inside: no telemetry, no progress of the libraries, warnings dropped, errors kept.

    Also after it Rasa's structured log stays at WARNING; at its default, debug, it costs more than the work.
    """
    os.environ.update(_ENVIRONMENT)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for name in ("rasa", "rasa_sdk", "matplotlib", "asyncio", "jieba"):
        logging.getLogger(name).setLevel(logging.WARNING)
    with warnings.catch_warnings(record=True):
        yield


def load_rasa(model: Path) -> EmbeddedRasa:
    """Import Rasa and load a model without their noise; takes some seconds, most of it the import."""
    with quietly():
        from dialogues.embedded import EmbeddedRasa

        return EmbeddedRasa(model)
