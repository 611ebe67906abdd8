"""Reads and validates all knowledge data; run by `coach check` and at every start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from knowledge import current
from knowledge.cross_checks import cross_checks
from knowledge.models import (
    Card,
    Knowledge,
    Objection,
    Signal,
    Source,
    StyleGuide,
    StyleName,
    StyleUse,
    Technique,
    TechniqueUse,
)
from knowledge.problems import KnowledgeError, Problem

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class _Document:
    name: str
    stem: str
    data: Any


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; `yaml.YAMLError` where it is no YAML."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def knowledge() -> Knowledge:
    """What the coach knows: the product's knowledge, with the company's own in it where there is some.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    own = current.own()
    return own.knowledge if own else product()


@lru_cache(maxsize=1)
def product() -> Knowledge:
    """The product's own knowledge, read once a process; raises `KnowledgeError`."""
    return load(FOLDER)


def load(folder: Path) -> Knowledge:
    """All knowledge under `folder`; raises `KnowledgeError` with every problem of every file."""
    read = Reader(folder)
    techniques = read.folder("techniques", "technique")
    objections = read.folder("objections", "objection")
    style_words = read.folder("style_words", "style_words")
    styles = read.folder("styles", "style")
    signals = read.folder("signals", "signal")
    topics = read.folder("cards", "cards")
    sources, slots, outside = read.one("sources"), read.one("slots"), read.one("outside")
    read.finish()
    result = Knowledge(
        objections={d["id"]: _objection(d) for d in objections},
        techniques={d["id"]: value_of(Technique, d) for d in techniques},
        style_words={d["id"]: {s: value_of(StyleUse, use) for s, use in d["styles"].items()} for d in style_words},
        styles={d["id"]: _style(d) for d in styles},
        signals={d["id"]: value_of(Signal, d) for d in signals},
        cards={
            c["id"]: value_of(Card, {**c, "topic": d["topic"], "label": d["label"]}) for d in topics for c in d["cards"]
        },
        sources={row: Source(id=row, **entry) for row, entry in sources.items()},
        slots=slots,
        outside={subject: tuple(questions) for subject, questions in outside.items()},
    )
    read.finish(cross_checks(result, topics))
    return result


class Reader:
    """Reads files below `root` and notes what is wrong with each; `finish` tells it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._problems: list[Problem] = []

    def one(self, name: str) -> dict[str, Any]:
        """The content of `<name>.yml`, which the schema of that name describes; empty if it is wrong."""
        document = self._read(self._root / f"{name}.yml")
        return document.data if document and self._fits(document, name) else {}

    def folder(self, name: str, schema: str) -> list[dict[str, Any]]:
        """The contents of the right ones of `<name>/*.yml`, in the order of their names."""
        found = []
        for path in sorted((self._root / name).glob("*.yml")):
            document = self._read(path)
            if document and self._fits(document, schema) and self._is_called_as_its_file(document):
                found.append(document.data)
        return found

    def finish(self, cross_checks: Iterable[Problem] = ()) -> None:
        """Raise if anything was wrong; `cross_checks`, which need right files, are looked at if all are.

        Raises:
            KnowledgeError: with every problem.
        """
        if not self._problems:
            self._problems.extend(cross_checks)
        if self._problems:
            raise KnowledgeError(self._problems)

    def _read(self, path: Path) -> _Document | None:
        name = f"knowledge/{path.relative_to(self._root).as_posix()}"
        try:
            data = read_yaml(path)
        except (OSError, ValueError, yaml.YAMLError) as error:
            self._problems.append(Problem(name, "file", f"cannot be read: {error}", "write it as UTF-8 YAML"))
            return None
        return _Document(name, path.stem, data)

    def _fits(self, document: _Document, schema: str) -> bool:
        try:
            errors = list(validator(schema).iter_errors(document.data))
        except (TypeError, RecursionError):  # keys that cannot be compared, an anchor within itself
            fix = "put keys in quotes, and no anchor within itself"
            self._problems.append(Problem(document.name, "file", "is no plain table of texts", fix))
            return False
        for error in errors:
            at = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path).lstrip(".")
            self._problems.append(Problem(document.name, at or "file", _short(error.message), _fix(error)))
        return not errors

    def _is_called_as_its_file(self, document: _Document) -> bool:
        own_name = document.data.get("id", document.data.get("topic"))
        if own_name != document.stem:
            self._problems.append(
                Problem(document.name, "id", f"is '{own_name}'", f"expected '{document.stem}', as the file is called")
            )
            return False
        return True


@lru_cache(maxsize=16)
def validator(schema: str) -> Draft7Validator:
    """Checks data by a schema of `knowledge/schemas/`."""
    return Draft7Validator(json.loads((FOLDER / "schemas" / f"{schema}.json").read_text(encoding="utf-8")))


def _short(message: str) -> str:
    return message if len(message) <= 160 else message[:60] + " … " + message[-90:]


def _fix(error: Any) -> str:
    if error.validator == "maxLength":
        return f"shorten it to {error.validator_value} characters (now {len(error.instance)})"
    if error.validator == "required":
        return "add the missing key; docs/data-formats.md tells what it holds"
    if error.validator == "additionalProperties":
        return "remove or rename the key; docs/data-formats.md lists the keys"
    return f"expected {error.validator}: {error.validator_value}"


def value_of(kind: type, data: Mapping[str, Any]) -> Any:
    """The dataclass `kind` from the data of a file; keys that it has no field for are left out."""
    names = {field.name for field in fields(kind)}
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in data.items() if key in names})


def _objection(data: dict[str, Any]) -> Objection:
    return value_of(Objection, {**data, "techniques": [value_of(TechniqueUse, use) for use in data["techniques"]]})


def _style(data: dict[str, Any]) -> StyleGuide:
    return value_of(StyleGuide, {**data, "names": [StyleName(**name) for name in data["names"]]})
