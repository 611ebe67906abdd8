"""What typing, dictating and reporting do to a sentence; each noise is a function (text, chance) → text.

Words and emoji stand in `noises.yml`. The same seed gives the same noise.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import opencc
import yaml

from nlu.noise import mistyped, with_gaps

Noise = Callable[[str, random.Random], str]
_PUNCTUATION = re.compile(r"[，。！？、；：,.!?;:…“”\"'（）()~～—]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万|块|元|千|k|K|w)?")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "noises.yml").read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=1)
def _to_traditional() -> Any:
    return opencc.OpenCC("s2twp")


def traditional(text: str, chance: random.Random) -> str:
    return str(_to_traditional().convert(text))


def typos(text: str, chance: random.Random) -> str:
    """A homophone or a missing character, as likely one as the other."""
    return mistyped(text, chance) if chance.random() < 0.5 else with_gaps(text, chance)


def no_punctuation(text: str, chance: random.Random) -> str:
    return _PUNCTUATION.sub("", text) or text


def full_width(text: str, chance: random.Random) -> str:
    return text.translate(_FULL_WIDTH)


def fillers_and_emoji(text: str, chance: random.Random) -> str:
    return chance.choice(_words()["fillers"]).format(text) + chance.choice(_words()["emoji"])


def dictated(text: str, chance: random.Random) -> str:
    """Voice to text: no punctuation, joints where clauses met, a hesitation in front."""
    joint = chance.choice(_words()["joints"])
    return joint + _PUNCTUATION.sub(lambda _: chance.choice(_words()["joints"]), text.rstrip("。！？!?.…"))


def in_a_report(text: str, chance: random.Random) -> str:
    return chance.choice(_words()["reports"]).format(text.rstrip("。"))


def mixed_english(text: str, chance: random.Random) -> str:
    """Words of the trade in English; where there is none, a brand nobody has heard of."""
    mixed = text
    for chinese, english in _words()["english"].items():
        mixed = mixed.replace(chinese, f" {english} ")
    return mixed if mixed != text else f"{chance.choice(_words()['brands'])} {text}"


def strange_amount_or_industry(text: str, chance: random.Random) -> str:
    """Another amount where there is one, else a trade that no training sentence is about."""
    if _NUMBER.search(text):
        return _NUMBER.sub(chance.choice(_words()["amounts"]), text)
    return f"{chance.choice(_words()['industries'])}，{text}"


NOISES: dict[str, Noise] = {
    "traditional script": traditional,
    "homophones and gaps": typos,
    "no punctuation": no_punctuation,
    "full width": full_width,
    "fillers and emoji": fillers_and_emoji,
    "dictated": dictated,
    "reported speech": in_a_report,
    "mixed English or brand": mixed_english,
    "strange amount or industry": strange_amount_or_industry,
}
