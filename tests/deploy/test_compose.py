"""The compose file is valid and runs the parts that exist.

compose_spec.json is the Compose Specification's schema as shipped with docker-compose 1.29.2 (Apache-2.0).
"""

from __future__ import annotations

import json
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


def test_dockerfiles_copy_what_exists() -> None:
    for dockerfile in (ROOT / "deploy").glob("*.Dockerfile"):
        for line in dockerfile.read_text(encoding="utf-8").splitlines():
            if line.startswith("COPY"):
                assert all((ROOT / source).exists() for source in line.split()[1:-1]), line
