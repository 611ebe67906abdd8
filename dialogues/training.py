"""Trains the Rasa model when its data changed; `python -m dialogues.training` or `coach train`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import MappingProxyType

import yaml

from dialogues.quiet import quietly
from knowledge.loader import product
from knowledge.scoring.artefact import train as train_scorer
from store.database import OWN_MODELS, database_folder

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
# The intent of questions whose card belongs to no label of its own.
MATERIAL_INTENT = "ask_material"
# Of the models with a company's own lessons so many are kept.
OWN_KEPT = 3
# Files that a model depends on. Of the knowledge it learns the questions of cards and the looks of signals, nothing
# else (`_lessons`): a changed answer, technique or name is read at every start and needs no training.
INPUTS = (
    "nlu/**/*.yml",
    "nlu/**/*.py",
    "dialogues/domain/*.yml",
    "dialogues/rules/*.yml",
    "dialogues/stories/*.yml",
    "knowledge/language.py",
    "requirements.lock",
)


# What a company teaches: sentences of customers by intent.
Lessons = Mapping[str, Sequence[str]]
NO_LESSONS: Lessons = MappingProxyType({})


def fingerprint(own: Lessons = NO_LESSONS) -> str:
    """A name for the present state of everything that a model depends on, a company's own lessons among it."""
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(json.dumps(_lessons(own), ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[Path]:
    for pattern in INPUTS:
        yield from sorted(ROOT.glob(pattern))


def model_path(own: Lessons = NO_LESSONS) -> Path:
    """Where the model for the present data is, or will be; one with a company's own lessons lies by its database."""
    folder = database_folder() / OWN_MODELS if own else MODELS
    return folder / f"coach-{fingerprint(own)}.tar.gz"


def train(force: bool = False, own: Lessons = NO_LESSONS) -> Path:
    """Train the model unless it is current; returns its path.

    Of the models with a company's own lessons the latest few are kept, so that going back is quick.

    Raises:
        RuntimeError: Rasa could not train; its log tells why.
    """
    path = model_path(own)
    if path.exists() and not force:
        return path
    print("[train] the data changed: training the model (some minutes) …", file=sys.stderr, flush=True)
    started = time.monotonic()
    # Standard output belongs to the command that needed the model (`coach parse` writes JSON lines there).
    with quietly(), _rasa_log_level("WARNING"), redirect_stdout(sys.stderr):
        _train(path, force, own)
    others = sorted(path.parent.glob("coach-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in [file for file in others if file != path][OWN_KEPT - 1 if own else 0 :]:
        old.unlink(missing_ok=True)
    print(f"[train] done in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return path


def _train(path: Path, force: bool, own: Lessons) -> None:
    import rasa

    # Rasa writes the file bit by bit: it gets its name when it is whole.
    unfinished = path.parent / "unfinished"
    result = rasa.train(
        domain=str(ROOT / "dialogues" / "domain"),
        config=str(ROOT / "nlu" / "config.yml"),
        training_files=[
            *(str(ROOT / part) for part in ("nlu/data", "dialogues/rules", "dialogues/stories")),
            str(_write_lessons(path.parent, own)),
        ],
        output=str(unfinished),
        force_training=force,
        fixed_model_name=path.name.removesuffix(".tar.gz"),
    )
    if not result.model or not (unfinished / path.name).exists():
        raise RuntimeError("the model could not be trained; the lines above tell why")
    (unfinished / path.name).replace(path)
    unfinished.rmdir()


def _lessons(own: Lessons) -> dict[str, list[str]]:
    """Intent → sentences: what cards answer and signals look like; who writes one teaches the coach to hear for it."""
    lessons: dict[str, list[str]] = {}
    for card in product().cards.values():
        intent = MATERIAL_INTENT if card.label == "search" else card.label
        lessons.setdefault(intent, []).extend([*card.asks, *card.also])
    for signal in product().signals.values():
        variant = "negative" if signal.kind == "negative" else "positive"
        lessons.setdefault(f"report_signal/{variant}", []).extend(signal.looks_like)
    for intent, lines in own.items():
        lessons.setdefault(intent, []).extend(lines)
    return lessons


def _write_lessons(folder: Path, own: Lessons) -> Path:
    """The lessons of the knowledge in Rasa's format."""
    lessons = _lessons(own).items()
    blocks = [{"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)} for intent, lines in lessons]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "card-questions.yml"
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8")
    return path


@contextmanager
def _rasa_log_level(level: str) -> Iterator[None]:
    """Rasa reads its log level, and whether to draw progress bars, from the environment."""
    before = os.environ.get("LOG_LEVEL")
    os.environ["LOG_LEVEL"] = level
    try:
        yield
    finally:
        if before is None:
            del os.environ["LOG_LEVEL"]
        else:
            os.environ["LOG_LEVEL"] = before


def train_all(force: bool = False) -> Path:
    """Everything that is learnt: the Rasa model, whose path it returns, and the reader of drill answers."""
    train_scorer(force)
    return train(force)


if __name__ == "__main__":
    train_all(force="--force" in sys.argv)
