"""A small copy of the real knowledge, in which a test may break one thing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.loader import FOLDER, knowledge, read_yaml
from knowledge.models import Knowledge
from knowledge.search import Search

# Enough of each kind for every reference between them.
OBJECTIONS = ("too_expensive", "no_need")
SIGNALS = ("silence_after_price", "agrees_to_trial")
TOPICS = ("closing", "sales_funnel")

Change = Callable[[dict[str, Any]], None]


class SmallKnowledge:
    """A folder of few files, valid until `edit` breaks one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("sources.yml", "slots.yml", "outside.yml"):
            self.copy_file(name)
        for path in (FOLDER / "styles").glob("*.yml"):
            self.copy_file(f"styles/{path.name}")
        for name in OBJECTIONS:
            self.copy_file(f"objections/{name}.yml")
            self.copy_file(f"style_words/{name}.yml")
        for name in SIGNALS:
            self.copy_file(f"signals/{name}.yml")
        for name in TOPICS:
            self.copy_file(f"cards/{name}.yml")
        self._copy_techniques()

    def edit(self, name: str, change: Change) -> None:
        """Rewrite a file after `change` has been at its content."""
        content = read_yaml(self.folder / name)
        change(content)
        self.write(name, yaml.safe_dump(content, allow_unicode=True, sort_keys=False))

    def write(self, name: str, text: str) -> None:
        """Put `text` in place of a file."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def copy_file(self, name: str) -> None:
        """Take a file of the product as it is."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FOLDER / name, target)

    def _copy_techniques(self) -> None:
        """Those that the objections use, without the objections that are not here."""
        used = {use.id for name in OBJECTIONS for use in knowledge().objections[name].techniques} | {
            words.technique for name in OBJECTIONS for words in knowledge().style_words[name].values()
        }
        for name in used:
            file = f"techniques/{name}.yml"
            self.copy_file(file)
            self.edit(file, keep_objections)


def keep_objections(technique: dict[str, Any]) -> None:
    """Leave out what the small folder does not have."""
    technique["objections"] = [name for name in technique["objections"] if name in OBJECTIONS]


@pytest.fixture
def small(tmp_path: Path) -> SmallKnowledge:
    return SmallKnowledge(tmp_path / "knowledge")


@pytest.fixture(scope="session")
def known() -> Knowledge:
    """The product's own knowledge."""
    return knowledge()


@pytest.fixture(scope="session")
def index(known: Knowledge) -> Search:
    """The product's own index."""
    return Search(known)
