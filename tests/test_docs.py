"""What people read agrees with what the product does: settings, commands, targets, the README."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from telegram.constants import BotCommandLimit

from bot.cli import main
from bot.conversation import texts
from bot.handlers import own_data
from bot.handlers.commands import GROUP_COMMANDS, PAYLOADS, handlers
from nlu.registry import registry

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
# `env.int("WEBHOOK_PORT", 8443, …)` and `_optional(env, "RASA_URL", …)`
READ = re.compile(r'env\.(\w+)\("([A-Z_]+)"(?:, ([^,)]+))?|_optional\(env, "([A-Z_]+)"')


def settings_in_code() -> dict[str, str]:
    """Every setting that `bot/settings.py` reads, with its default as `.env` would write it."""
    found: dict[str, str] = {}
    for kind, name, default, optional in READ.findall((ROOT / "bot" / "settings.py").read_text(encoding="utf-8")):
        if not (optional or found.get(name)):
            found[name] = as_written(kind, default)
        elif optional:
            found[optional] = ""
    return found


def as_written(kind: str, default: str) -> str:
    from store.database import DEFAULT_PATH

    default = default.strip().replace("Path(DEFAULT_PATH", DEFAULT_PATH).strip('"')
    if default in ("None", ""):
        return ""
    return default.lower() if kind == "bool" else default


def settings_in_example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


# Settings --------------------------------------------------------------------------------------


def test_every_setting_stands_in_the_example_with_its_default() -> None:
    assert len(settings_in_code()) > 10
    assert settings_in_code() == settings_in_example()


def test_every_setting_of_the_example_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    explained = False
    for line in lines:
        if not line.strip():
            explained = False
        elif line.startswith("#"):
            explained = not line.startswith("# ---")
        else:
            assert explained, f"{line}: a comment above it should tell its meaning"


# Commands --------------------------------------------------------------------------------------


def test_every_command_of_the_menu_has_a_handler() -> None:
    handled = {name for handler in [*handlers(), *own_data.handlers()] for name in handler.commands}
    assert set(texts()["commands"]) == handled


def test_every_command_says_what_the_engine_understands() -> None:
    for name, payload in PAYLOADS.items():
        assert payload[1:] in registry().intents, name


def test_the_menu_of_groups_is_part_of_the_menu() -> None:
    assert set(GROUP_COMMANDS) <= set(texts()["commands"])


def test_descriptions_fit_telegrams_menu() -> None:
    for name, text in texts()["commands"].items():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert BotCommandLimit.MIN_DESCRIPTION <= len(text) <= BotCommandLimit.MAX_DESCRIPTION


def test_the_bots_sentences_are_whole_and_name_commands_that_exist() -> None:
    for name, text in texts().items():
        if name not in {"commands", "buttons", "tip_words", "own_table", "typed"}:
            assert text.endswith(("。", "？")), name
            assert set(re.findall(r"/([a-z_]+)", text)) <= set(texts()["commands"]), name


def test_replies_name_commands_that_exist() -> None:
    for path in (ROOT / "dialogues" / "domain").glob("*.yml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "payload" not in line and not line.lstrip().startswith("#"):
                named = set(re.findall(r"(?<![\w}])/([a-z_]+)", line))
                assert named <= set(texts()["commands"]), f"{path.name}: {line.strip()}"


# Security --------------------------------------------------------------------------------------


def test_every_threat_names_tests_that_exist() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!threat|what |---)(.+) \|$", text.partition("## How long")[0], re.MULTILINE)
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`([\w/]+\.(?:py|yml))`", row.rpartition("|")[2])
        assert named, row
        assert all((ROOT / "tests" / name).is_file() for name in named), row


# make ------------------------------------------------------------------------------------------


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in shown.splitlines() if line.strip()} == targets()
    assert all(len(line.split()) > 2 for line in shown.splitlines() if line.strip()), "a target is not explained"


def test_every_target_is_phony() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = {name for line in re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE) for name in line.split()}
    assert phony == targets()


# README ----------------------------------------------------------------------------------------


@pytest.fixture
def readme() -> str:
    if not README.exists():
        pytest.skip("there is no README.md yet")
    return README.read_text(encoding="utf-8")


def code_of(text: str) -> str:
    """Everything in code spans and code blocks."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))])


def test_every_make_command_of_the_readme_exists(readme: str) -> None:
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code_of(readme))) <= targets()


def test_every_coach_command_of_the_readme_exists(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for name in re.findall(r"\bcoach ([a-z]+)", code_of(readme)):
        assert re.search(rf"^\s+{name}\b", shown, re.MULTILINE), name


def test_every_bot_command_and_setting_of_the_readme_exists(readme: str) -> None:
    code = code_of(readme)
    assert set(re.findall(r"`/([a-z_]+)`", code)) <= {*PAYLOADS, *texts()["commands"]}
    assert set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)=?[^`]*`", code)) <= settings_in_example().keys()


def test_the_folder_map_of_the_readme_matches_the_tree(readme: str) -> None:
    named = set(re.findall(r"(?<![\w/.])([a-z][\w-]*/(?:[\w.-]+/?)*)", code_of(readme)))
    made_later = ("models/", "data/", "results/")
    missing = [name for name in named if not name.startswith(made_later) and not (ROOT / name).exists()]
    assert not missing
    for folder in ("bot", "dialogues", "knowledge", "nlu", "store", "tests"):
        assert f"{folder}/" in named, f"the map does not show {folder}/"


def test_the_links_of_the_readme_lead_somewhere(readme: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", readme):
        assert target.startswith(("http://", "https://")) or (ROOT / target).exists(), target
