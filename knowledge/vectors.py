"""Sentence vectors of texts that mostly stay the same from start to start, kept in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.language import normalise, sentence_vectors

NAME = "search-vectors.npz"
_Vectors = NDArray[np.float32]


def vectors(texts: Sequence[str], folder: Path | None = None) -> NDArray[np.float32]:
    """Meaning of each text as a row of unit length.

    Computing some thousand takes seconds: with a `folder` those of last time are read from a file there, the rest is
    computed and the file written anew.
    """
    plain = [normalise(text) for text in texts]
    if folder is None:
        return sentence_vectors(plain)
    path = folder / NAME
    kept = _kept(path)
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in plain]
    new = {key: text for key, text in zip(keys, plain, strict=True) if key not in kept}
    if new:
        kept |= dict(zip(new, sentence_vectors(list(new.values())), strict=True))
        _keep(path, {key: kept[key] for key in keys})
    return np.stack([kept[key] for key in keys])


def _kept(path: Path) -> dict[str, _Vectors]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(zip(file["keys"].tolist(), np.asarray(file["vectors"], dtype=np.float32), strict=True))
    except (OSError, ValueError, KeyError):  # none yet, or of another version
        return {}


def _keep(path: Path, found: dict[str, _Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.savez(file, keys=np.array(list(found)), vectors=np.stack(list(found.values())))
    unfinished.replace(path)
