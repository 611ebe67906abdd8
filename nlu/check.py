"""Checks the training data against the registry: dead and unregistered intents, repeats, too few, stolen sentences.

Rasa's own `data validate` only warns of most of these. Run by `coach check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.language import normalise
from nlu.registry import Registry, registry

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "nlu" / "data"
HELD_OUT = ROOT / "tests" / "nlu" / "held_out"
# Least utterances: objections need many voices, the rest fewer.
LEAST_OBJECTION = 60
LEAST_OTHER = 30


@dataclass(frozen=True)
class Sentence:
    """One example line and where it stands; `intent` is the full one (`describe_customer/driver`, `a+b`)."""

    file: str
    intent: str
    text: str

    @property
    def base(self) -> str:
        """The intent without its variant."""
        return self.intent.partition("/")[0]


def sentences(folder: Path) -> list[Sentence]:
    """Every example of every file in Rasa's NLU format under `folder`, texts in normal form."""
    found = []
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.strip() for line in block["examples"].splitlines())
            name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
            found += [Sentence(name, block["intent"], normalise(line[2:])) for line in lines if line.startswith("- ")]
    return found


def problems(data: Path = DATA, held_out: Path = HELD_OUT) -> list[str]:
    """Every problem, as `file: item: found; fix`."""
    training, test = sentences(data), sentences(held_out) if held_out.exists() else []
    known = registry()
    return [
        *_unregistered(training, known),
        *_too_few(training, known),
        *_repeated(training),
        *_overlapping(training, test),
    ]


def _unregistered(training: list[Sentence], known: Registry) -> Iterator[str]:
    for sentence in {s.intent: s for s in training}.values():
        for name in sentence.base.split("+"):
            if name not in known.intents:
                yield f"{sentence.file}: intent {name}: is not in nlu/intents.yml; register it or correct its name"


def _too_few(training: list[Sentence], known: Registry) -> Iterator[str]:
    for name, entry in known.intents.items():
        count = sum(sentence.base == name for sentence in training)
        least = (LEAST_OBJECTION if entry.is_objection else LEAST_OTHER) if entry.spoken else 0
        if count < least:
            yield f"nlu/data/intents/{name}.yml: has {count} utterances; write at least {least}"
        if not entry.spoken and count:
            yield f"nlu/data/intents/{name}.yml: has utterances, but nlu/intents.yml says spoken: false; remove one"


def _repeated(training: list[Sentence]) -> Iterator[str]:
    seen: dict[str, Sentence] = {}
    for sentence in training:
        other = seen.setdefault(sentence.text, sentence)
        if other is not sentence:
            yield f"{sentence.file}: “{sentence.text}”: stands in {other.file} too; keep it in one place"


def _overlapping(training: list[Sentence], test: list[Sentence]) -> Iterator[str]:
    trained = {sentence.text for sentence in training}
    for sentence in test:
        if sentence.text in trained:
            yield f"{sentence.file}: “{sentence.text}”: is trained on; a held-out sentence must be new"
