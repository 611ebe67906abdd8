"""Vectors of training sentences are computed once, and survive a broken file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.meanings import KeptVectors


class Encoder:
    """Two numbers a text, and what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), ord(text[0])] for text in texts], dtype=np.float32)


def test_only_new_texts_are_encoded(tmp_path: Path) -> None:
    encode, path = Encoder(), tmp_path / "models" / "kept.npz"
    first = KeptVectors(path, encode)(["太贵了", "再想想"])
    again = KeptVectors(path, encode)(["再想想", "没兴趣", "太贵了"])
    assert encode.asked == ["太贵了", "再想想", "没兴趣"]
    assert np.array_equal(again[[2, 0]], first)


def test_a_file_that_cannot_be_read_costs_time_only(tmp_path: Path) -> None:
    encode, path = Encoder(), tmp_path / "kept.npz"
    path.write_bytes(b"no archive")
    vectors = KeptVectors(path, encode)(["太贵了"])
    assert vectors.shape == (1, 2)
    assert np.array_equal(KeptVectors(path, Encoder())(["太贵了"]), vectors)


def test_texts_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    encode, path = Encoder(), tmp_path / "kept.npz"
    KeptVectors(path, encode)(["太贵了", "再想想"])
    KeptVectors(path, encode)(["没兴趣"])
    KeptVectors(path, encode)(["太贵了"])
    assert encode.asked.count("太贵了") == 2
