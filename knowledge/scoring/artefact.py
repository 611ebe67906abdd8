"""Keeps the learnt reader below `models/`, one file for the present state of its data; learnt anew if that changed."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.loader import FOLDER
from knowledge.scoring.features import AnswerFeatures, Moves, Rarity
from knowledge.scoring.graded import graded_answers, phrases
from knowledge.scoring.learned import LearnedReader, Outputs
from knowledge.scoring.relevance import Relevance
from knowledge.scoring.text_features import TextFeatures

MODELS = FOLDER.parent / "models"
# What the reader depends on; the words that the coach teaches are among its single moves.
INPUTS = (
    "graded/**/*",
    "scoring/*.py",
    "language.py",
    "sales_terms.txt",
    "score_cues.yml",
    "objections/*.yml",
    "style_words/*.yml",
)


def fingerprint() -> str:
    """A name for the present state of everything that the reader depends on."""
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[Path]:
    for pattern in INPUTS:
        yield from sorted(path for path in FOLDER.glob(pattern) if path.is_file())


def reader_path() -> Path:
    """Where the reader for the present data is, or will be."""
    return MODELS / f"scorer-{fingerprint()}.npz"


def train(force: bool = False) -> Path:
    """Learn the reader unless it is current; returns its path."""
    path = reader_path()
    if path.exists() and not force:
        return path
    from knowledge.scoring.fitting import fit

    print("[train] learning to score drill answers …", file=sys.stderr, flush=True)
    started = time.monotonic()
    MODELS.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".unfinished.npz")
    np.savez_compressed(unfinished, **_arrays(fit(graded_answers(), phrases())))
    unfinished.rename(path)
    for old in MODELS.glob("scorer-*.npz"):
        if old != path:
            old.unlink()
    print(f"[train] done in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return path


def load_reader(path: Path) -> LearnedReader:
    """The reader that `train` has left at `path`."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    told = json.loads(str(arrays["told"]))
    text = TextFeatures.restore(arrays)
    rarity = Rarity(told["pairs"], told["all_pairs"])
    moves = Moves(_full(arrays["move_weights"]), arrays["move_bias"])
    return LearnedReader(
        AnswerFeatures(text, moves, rarity, arrays["scale"]),
        _full(arrays["weights"]),
        arrays["bias"],
        Outputs(tuple(map(tuple, told["names"])), arrays["thresholds"], told["stretch"], told["centre"]),
        Relevance(
            _full(arrays["objection_weights"]),
            arrays["objection_bias"],
            arrays["means"],
            arrays["sign_scale"],
            arrays["sign_weights"],
            told["sign_bias"],
            told["doubt"],
            rarity,
        ),
    )


def _arrays(reader: LearnedReader) -> dict[str, Any]:
    features, outputs, relevance = reader.features, reader.outputs, reader.relevance
    told = {
        "names": outputs.names,
        "stretch": outputs.stretch,
        "centre": outputs.centre,
        "sign_bias": relevance.bias,
        "doubt": relevance.threshold,
        "pairs": relevance.rarity.counts,
        "all_pairs": relevance.rarity.total,
    }
    return {
        **features.text.arrays(),
        "told": np.array(json.dumps(told, ensure_ascii=False)),
        "scale": features.scale,
        "move_weights": _half(features.moves.weights),
        "move_bias": features.moves.bias,
        "weights": _half(reader.weights),
        "bias": reader.bias,
        "thresholds": outputs.thresholds,
        "objection_weights": _half(relevance.objection_weights),
        "objection_bias": relevance.objection_bias,
        "means": relevance.means,
        "sign_scale": relevance.scale,
        "sign_weights": relevance.weights,
    }


def _half(weights: Any) -> Any:
    """Half precision: half the size on disk, the same readings."""
    return weights.astype(np.float16)


def _full(weights: Any) -> Any:
    return weights.astype(np.float32)
