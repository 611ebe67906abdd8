"""The compose file is valid and runs the parts that exist.

compose_spec.json is the Compose Specification's schema as shipped with docker-compose 1.29.2 (Apache-2.0).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((Path(__file__).parent / "compose_spec.json").read_text(encoding="utf-8"))


@pytest.fixture
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return content


def test_fits_the_compose_schema(compose: dict[str, Any]) -> None:
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(compose)] == []


def test_a_wrong_key_would_be_found(compose: dict[str, Any]) -> None:
    compose["services"]["bot"]["health_check"] = {}
    assert list(Draft7Validator(SCHEMA).iter_errors(compose))


def test_every_service_has_a_health_check_and_the_volume(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"actions", "rasa", "bot"}
    for service in compose["services"].values():
        assert service["healthcheck"]["test"][0] == "CMD"
        assert "data:/data" in service["volumes"]


def test_only_the_bot_reaches_out(compose: dict[str, Any]) -> None:
    assert compose["networks"]["inner"]["internal"] is True
    for name, service in compose["services"].items():
        assert ("outer" in service["networks"]) == (name == "bot")
        assert ("ports" in service) == (name == "bot")


def test_dockerfiles_and_scripts_exist(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).is_file()
        for word in [*service["command"], *service["healthcheck"]["test"]]:
            if word.endswith(".py"):
                assert (ROOT / word).is_file()


def test_the_image_holds_what_its_services_import(tmp_path: Path) -> None:
    """Everything that the image copies, and nothing else, is enough to import each service's code."""
    for line in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY"):
            for source in line.split()[1:-1]:
                (tmp_path / source).symlink_to(ROOT / source)
    imports = "import bot.__main__, bot.app, bot.cli, dialogues.actions, nlu.components, dialogues.training"
    where = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; {imports}; print(bot.__file__)"
    ran = subprocess.run([sys.executable, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == str(tmp_path / "bot" / "__init__.py")
