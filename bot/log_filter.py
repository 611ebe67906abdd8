"""Logging for people who run the product: one line an event, no token, nothing that people wrote."""

from __future__ import annotations

import logging
import re

# A bot token as it stands in addresses, messages and tracebacks.
_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
# python-telegram-bot shows whole updates, and with them what people wrote, where it cannot read one.
_WORDS = re.compile(r"(Received data was|invalid JSON data).*", re.DOTALL)
_QUIET = ("httpx", "httpcore", "apscheduler", "tornado.access")


class TokenFilter(logging.Formatter):
    """Formats a record and takes tokens and whole updates out of the finished text, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return _WORDS.sub(r"\1: <left out>", _TOKEN.sub("<token>", super().format(record)))


def configure_logging(level: str) -> None:
    """Log to standard error; libraries only from WARNING on, because they log every request and message."""
    handler = logging.StreamHandler()
    handler.setFormatter(TokenFilter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # At DEBUG python-telegram-bot logs whole updates, and with them what people wrote.
    logging.getLogger("telegram").setLevel(max(logging.getLevelName(level), logging.INFO))
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))
