"""Sentence vectors of texts that stay the same from start to start, kept in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.language import normalise, sentence_vectors

PREFIX = "search-"


def vectors(texts: Sequence[str], folder: Path | None = None) -> NDArray[np.float32]:
    """Meaning of each text as a row of unit length.

    Computing some thousand takes seconds: with a `folder` they are read from a file there where the texts are the
    same as last time, else written to it in place of the old one.
    """
    plain = [normalise(text) for text in texts]
    if folder is None:
        return sentence_vectors(plain)
    path = folder / f"{PREFIX}{hashlib.sha256(chr(0).join(plain).encode()).hexdigest()[:16]}.npy"
    if path.exists():
        return np.asarray(np.load(path), dtype=np.float32)
    found = sentence_vectors(plain)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.save(file, found)
    unfinished.replace(path)
    for old in folder.glob(f"{PREFIX}*.npy"):
        if old != path:
            old.unlink(missing_ok=True)
    return found
