"""Settings: defaults, `.env`, and every wrong value in one report."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

NAMES = (
    "TELEGRAM_BOT_TOKEN", "WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_LISTEN", "WEBHOOK_PORT", "TELEGRAM_PROXY",
    "TELEGRAM_API_BASE", "LOCAL_CHAT", "LOCAL_CHAT_HOST", "LOCAL_CHAT_PORT", "RASA_URL", "COACH_DATABASE",
    "COACH_KEY", "COACH_KEY_FILE", "HEARTBEAT_FILE", "LOG_LEVEL",
)  # fmt: skip
TOKEN = "123456:" + "A" * 35
SECRET = "s" * 16
KEY = "A" * 43 + "="
DEFAULTS = Settings(
    telegram_token=None,
    webhook_url=None,
    webhook_secret=None,
    webhook_listen="127.0.0.1",
    webhook_port=8443,
    telegram_proxy=None,
    telegram_api_base="https://api.telegram.org",
    local_chat=True,
    local_chat_host="127.0.0.1",
    local_chat_port=8787,
    rasa_url=None,
    database=Path("data/coach.db"),
    keys=None,
    key_file=None,
    heartbeat_file=None,
    log_level="INFO",
)


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the settings; what a test's `.env` puts into the environment goes again."""
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that the old state comes back afterwards
        monkeypatch.delenv(name)


def env_file(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def problems() -> list[str]:
    """What reading the settings complains about."""
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return str(caught.value).splitlines()


def test_nothing_needs_to_be_set() -> None:
    assert read_settings() == DEFAULTS


def test_a_missing_env_file_is_no_fault(tmp_path: Path) -> None:
    assert read_settings(tmp_path / ".env") == DEFAULTS


def test_the_database_is_a_path_whether_set_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(read_settings().database, Path)
    monkeypatch.setenv("COACH_DATABASE", "other.db")
    assert isinstance(read_settings().database, Path)


def test_every_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "WEBHOOK_URL": "https://example.org/coach",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": "0.0.0.0",
        "WEBHOOK_PORT": "9443",
        "TELEGRAM_PROXY": "socks5://127.0.0.1:1080",
        "TELEGRAM_API_BASE": "http://localhost:8081",
        "LOCAL_CHAT": "false",
        "LOCAL_CHAT_HOST": "localhost",
        "LOCAL_CHAT_PORT": "0",
        "RASA_URL": "http://rasa:5005",
        "COACH_DATABASE": "other/coach.db",
        "COACH_KEY": KEY,
        "COACH_KEY_FILE": "apart/coach.key",
        "HEARTBEAT_FILE": "beat",
        "LOG_LEVEL": "DEBUG",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert read_settings() == Settings(
        telegram_token=TOKEN,
        webhook_url="https://example.org/coach",
        webhook_secret=SECRET,
        webhook_listen="0.0.0.0",
        webhook_port=9443,
        telegram_proxy="socks5://127.0.0.1:1080",
        telegram_api_base="http://localhost:8081",
        local_chat=False,
        local_chat_host="localhost",
        local_chat_port=0,
        rasa_url="http://rasa:5005",
        database=Path("other/coach.db"),
        keys=KEY,
        key_file=Path("apart/coach.key"),
        heartbeat_file=Path("beat"),
        log_level="DEBUG",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "my-token"),
        ("WEBHOOK_URL", "http://example.org"),
        ("WEBHOOK_URL", "example.org"),
        ("WEBHOOK_SECRET", "short"),
        ("WEBHOOK_SECRET", "has a space in the middle"),
        ("WEBHOOK_PORT", "65536"),
        ("WEBHOOK_PORT", "many"),
        ("TELEGRAM_API_BASE", "api.telegram.org"),
        ("LOCAL_CHAT", "perhaps"),
        ("LOCAL_CHAT_PORT", "-1"),
        ("RASA_URL", "rasa:5005"),
        ("COACH_KEY", "no-key"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert any(problem.startswith(f"{name}: ") for problem in problems())


def test_all_wrong_values_stand_in_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "TELEGRAM_BOT_TOKEN": "my-token",
        "WEBHOOK_SECRET": "short",
        "WEBHOOK_PORT": "many",
        "TELEGRAM_API_BASE": "api.telegram.org",
        "LOCAL_CHAT_PORT": "99999",
        "RASA_URL": "rasa:5005",
        "LOG_LEVEL": "LOUD",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    assert {problem.partition(":")[0] for problem in problems()} == set(wrong)


def test_a_wrong_token_or_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "oops-this-is-secret")
    monkeypatch.setenv("WEBHOOK_SECRET", "oops secret")
    assert "oops" not in "\n".join(problems())


# The file --------------------------------------------------------------------------------------


def test_the_file_gives_what_the_environment_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = read_settings(env_file(tmp_path, "# a comment\nLOG_LEVEL=DEBUG\nLOCAL_CHAT_PORT=9000\n"))
    assert (settings.log_level, settings.local_chat_port) == ("ERROR", 9000)


def test_an_empty_line_of_the_file_counts_as_not_set(tmp_path: Path) -> None:
    names = ("TELEGRAM_BOT_TOKEN", "WEBHOOK_URL", "WEBHOOK_SECRET", "TELEGRAM_PROXY", "RASA_URL", "HEARTBEAT_FILE")
    assert read_settings(env_file(tmp_path, "".join(f"{name}=\n" for name in names))) == DEFAULTS


def test_the_example_file_changes_nothing(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / ".env.example"
    assert read_settings(env_file(tmp_path, example.read_text(encoding="utf-8"))) == DEFAULTS


# Settings that depend on each other ------------------------------------------------------------


def test_a_webhook_needs_token_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org")
    assert [problem.partition(":")[0] for problem in problems()] == ["WEBHOOK_URL", "WEBHOOK_SECRET"]
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    [problem] = problems()
    assert problem.startswith("WEBHOOK_SECRET: needed with WEBHOOK_URL")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    assert read_settings().webhook_url == "https://example.org"


def test_something_must_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CHAT", "false")
    [problem] = problems()
    assert problem.startswith("LOCAL_CHAT: is off and TELEGRAM_BOT_TOKEN is missing")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert not read_settings().local_chat


def test_both_may_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = read_settings()
    assert settings.local_chat
    assert settings.telegram_token == TOKEN
