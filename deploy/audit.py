"""Looks the pinned packages up among known vulnerabilities; run by `make audit`.

Exit code 1 where a package has one and is not in `deploy/accepted.yml`, or where an entry there is out of date. Where
the database of vulnerabilities cannot be reached, it says so and the rest still counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCK, ACCEPTED = ROOT / "requirements.lock", Path(__file__).with_name("accepted.yml")
# In an environment of its own, apart from what it looks at; the lock is complete, so nothing is resolved.
COMMAND = ("uv", "tool", "run", "pip-audit==2.10.1", "--requirement", str(LOCK), "--no-deps", "--disable-pip",
           "--format", "json", "--progress-spinner", "off")  # fmt: skip
TIMEOUT_S = 300


@dataclass(frozen=True)
class Accepted:
    """A package whose vulnerabilities are accepted at this version; `held_by` is what allows no newer one."""

    package: str
    version: str
    held_by: str
    reason: str


def accepted() -> list[Accepted]:
    """The entries of `deploy/accepted.yml`."""
    return [Accepted(**entry) for entry in yaml.safe_load(ACCEPTED.read_text(encoding="utf-8"))]


def pins(lock: str) -> dict[str, str]:
    """Package → version of a lock file's text."""
    lines = (line.partition(";")[0].strip().partition("==") for line in lock.splitlines() if "==" in line)
    return {name.lower(): version for name, _, version in lines}


def out_of_date(entries: Iterable[Accepted], pinned: Mapping[str, str]) -> list[str]:
    """A sentence for each entry that is not about the pinned version."""
    return [
        f"{one.package} {one.version} is accepted, but {pinned.get(one.package, 'nothing')} is pinned: look at it anew"
        for one in entries
        if pinned.get(one.package) != one.version
    ]


def found(report: Mapping[str, Sequence[Mapping[str, Any]]], entries: Iterable[Accepted]) -> list[str]:
    """A sentence for each vulnerable package that nobody accepted; `report` is pip-audit's JSON."""
    known = {one.package for one in entries}
    return [
        f"{one['name']} {one['version']}: {', '.join(str(each['id']) for each in one['vulns'])}"
        for one in report["dependencies"]
        if one.get("vulns") and str(one["name"]).lower() not in known
    ]


def looked_up(output: str) -> dict[str, list[dict[str, Any]]] | None:
    """pip-audit's report; None where it could look nothing up."""
    try:
        report: dict[str, list[dict[str, Any]]] = json.loads(output)
    except ValueError:
        return None
    return report if any("vulns" in one for one in report["dependencies"]) else None


def main() -> int:
    """Print what is wrong, one line each."""
    entries = accepted()
    wrong = out_of_date(entries, pins(LOCK.read_text(encoding="utf-8")))
    report = looked_up(_pip_audit())
    if report is None:
        print("[audit] no database of vulnerabilities can be reached: only deploy/accepted.yml was checked")
    else:
        wrong += found(report, entries)
        print(f"[audit] {len(report['dependencies'])} packages looked up")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


def _pip_audit() -> str:
    """Its JSON; "" where it cannot run."""
    command = [str(ROOT / ".venv" / "bin" / COMMAND[0]), *COMMAND[1:]]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


if __name__ == "__main__":
    sys.exit(main())
