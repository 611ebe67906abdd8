"""The look-up of known vulnerabilities: what is accepted is reasoned and current, what is not fails the gate."""

from __future__ import annotations

import json
from importlib.metadata import requires
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from deploy import audit

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa

PINNED = audit.pins(audit.LOCK.read_text(encoding="utf-8"))
UPPER_BOUNDS = {"<", "<=", "==", "~="}


def report(name: str, *ids: str) -> dict[str, list[dict[str, object]]]:
    vulns = [{"id": one, "fix_versions": ["99"]} for one in ids]
    return {"dependencies": [{"name": "idna", "version": "3.20", "vulns": []},
                             {"name": name, "version": PINNED[name], "vulns": vulns}]}  # fmt: skip


def test_what_nobody_accepted_is_named() -> None:
    assert audit.found(report("tornado", "CVE-2099-1"), audit.accepted()) == [
        f"tornado {PINNED['tornado']}: CVE-2099-1"
    ]


def test_what_is_accepted_passes() -> None:
    assert audit.found(report("tensorflow", "CVE-2099-1"), audit.accepted()) == []


def test_an_entry_for_another_version_is_out_of_date() -> None:
    old = audit.Accepted("tornado", "1.0", "rasa", "…")
    assert "look at it anew" in audit.out_of_date([old], PINNED)[0]


def test_every_entry_is_about_the_pinned_version_and_has_a_reason() -> None:
    assert audit.out_of_date(audit.accepted(), PINNED) == []
    assert all(len(one.reason) > 20 for one in audit.accepted())


@pytest.mark.parametrize("one", audit.accepted(), ids=lambda one: one.package)
def test_every_entry_really_is_held_back(one: audit.Accepted) -> None:
    wanted = (Requirement(line) for line in requires(one.held_by) or ())
    bounds = [bound for each in wanted if each.name.lower() == one.package for bound in each.specifier]
    assert any(bound.operator in UPPER_BOUNDS for bound in bounds)


@pytest.mark.parametrize(
    "output", ["", "no network", json.dumps({"dependencies": [{"name": "a", "skip_reason": "?"}]})]
)
def test_without_a_database_nothing_was_looked_up(output: str) -> None:
    assert audit.looked_up(output) is None


@pytest.mark.model
def test_the_old_parts_neither_listen_nor_report(rasa: EmbeddedRasa) -> None:
    import sentry_sdk
    from sanic import Sanic

    assert rasa.processor
    assert Sanic._app_registry == {}
    assert sentry_sdk.Hub.current.client is None
