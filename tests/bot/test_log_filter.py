"""No log line shows a token, wherever it hides."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.log_filter import TokenFilter, configure_logging

TOKEN = "987654321:AAH_x-y9876543210abcdefghijklmnopqrs"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a logger of its own writes through the product's formatter."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TokenFilter("%(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("tests.tokens")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)
    logger.propagate = True


LOGGER = logging.getLogger("tests.tokens")


def test_a_token_in_the_message(written: io.StringIO) -> None:
    LOGGER.error(f"calling {ADDRESS}")
    assert TOKEN not in written.getvalue()
    assert "https://api.telegram.org/bot<token>/sendMessage" in written.getvalue()


def test_a_token_in_the_arguments(written: io.StringIO) -> None:
    LOGGER.error("calling %s for %r", ADDRESS, {"token": TOKEN})
    assert TOKEN not in written.getvalue()
    assert written.getvalue().count("<token>") == 2


def test_a_token_in_a_traceback(written: io.StringIO) -> None:
    try:
        raise ConnectionError(f"cannot reach {ADDRESS}")
    except ConnectionError:
        LOGGER.exception("failed")
    assert "Traceback" in written.getvalue()
    assert "ConnectionError: cannot reach https://api.telegram.org/bot<token>" in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_a_token_in_the_cause_of_an_error(written: io.StringIO) -> None:
    try:
        try:
            raise OSError(ADDRESS)
        except OSError as error:
            raise RuntimeError("outer") from error
    except RuntimeError as error:
        LOGGER.error("failed", exc_info=error)
    assert TOKEN not in written.getvalue()


def test_several_tokens_in_one_line(written: io.StringIO) -> None:
    LOGGER.error("%s and %s", TOKEN, TOKEN.replace("9", "8"))
    assert written.getvalue().count("<token>") == 2


@pytest.mark.parametrize("text", ["update 123456 failed", "12:30:45", "127.0.0.1:8787", "资料 000《例2》", "7:abc"])
def test_ordinary_lines_stay_as_they_are(written: io.StringIO, text: str) -> None:
    LOGGER.warning(text)
    assert text in written.getvalue()


@pytest.fixture
def root_logging() -> Iterator[None]:
    """Puts back what `configure_logging` changes."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING"])
def test_libraries_that_log_addresses_and_texts_are_quiet(root_logging: None, level: str) -> None:
    configure_logging(level)
    for name in ("httpx", "httpcore", "tornado.access"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO), name
        assert logging.getLogger(name).isEnabledFor(logging.WARNING), name


def test_the_products_own_log_goes_through_the_filter(root_logging: None, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO")
    logging.getLogger("bot.tests").info("serving %s", ADDRESS)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "bot.tests: serving https://api.telegram.org/bot<token>" in captured.err
    assert TOKEN not in captured.err
