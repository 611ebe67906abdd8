"""The registry of intents (`intents.yml`): what each intent is for and which label it is measured as."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

PATH = Path(__file__).parent / "intents.yml"


@dataclass(frozen=True)
class IntentEntry:
    """One intent: `label` as measured by `coach parse`; `title` what a rep reads when asked what was meant;
    `spoken` is false for intents that only buttons and commands send."""

    name: str
    label: str
    skill: str
    title: str
    example: str
    spoken: bool
    is_objection: bool


@dataclass(frozen=True)
class Variant:
    """What the whole text of an intent tells beside it: the entity that it becomes, and the intent whose
    utterances carry it (`describe_customer/driver`)."""

    entity: str
    learnt_from: str


@dataclass(frozen=True)
class Registry:
    """All intents by name, in the file's order."""

    intents: dict[str, IntentEntry]
    variants: dict[str, Variant]

    @property
    def objections(self) -> list[str]:
        """The intents that are objections of a customer."""
        return [name for name, entry in self.intents.items() if entry.is_objection]

    def label(self, intent: str) -> str:
        """The label of an intent; `out_of_scope` for one that is not registered."""
        entry = self.intents.get(intent)
        return entry.label if entry else "out_of_scope"


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The product's registry, read once a process."""
    data = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    intents = {
        name: IntentEntry(
            name=name,
            label=entry.get("label", name),
            skill=entry["skill"],
            title=entry["title"],
            example=entry.get("example", ""),
            spoken=entry.get("spoken", True),
            is_objection=entry.get("objection", False),
        )
        for name, entry in data["intents"].items()
    }
    return Registry(intents=intents, variants={name: Variant(**entry) for name, entry in data["variants"].items()})
