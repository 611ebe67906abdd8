"""Sentence vectors of training sentences, kept from one training to the next: an edit encodes new sentences only."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.language import sentence_vectors

Encode = Callable[[list[str]], NDArray[np.float32]]
log = logging.getLogger(__name__)


class KeptVectors:
    """`sentence_vectors` with a memory in a file, which holds what the last call asked for.

    Vectors are rounded to half precision whether they come from the file or not, so both give the same model.
    """

    def __init__(self, path: Path, encode: Encode = sentence_vectors) -> None:
        self._path, self._encode = path, encode

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Meaning of each text, one row a text."""
        known = self._read()
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            known.update(zip(new, self._encode(list(new.values())).astype(np.float16), strict=True))
        vectors = np.array([known[key] for key in keys], dtype=np.float16)
        if new:
            self._write(keys, vectors)
        return vectors.astype(np.float32)

    def _read(self) -> dict[int, NDArray[np.float16]]:
        if not self._path.exists():
            return {}
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            log.warning("%s cannot be read; all sentences are encoded anew", self._path.name)
            return {}

    def _write(self, keys: list[int], vectors: NDArray[np.float16]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, keys=np.array(keys, dtype=np.uint64), vectors=vectors)
        unfinished.replace(self._path)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
