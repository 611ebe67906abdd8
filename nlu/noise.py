"""How people mistype, hesitate and report: noisy copies of sentences, to hear through.

What they hesitate with and how they report a customer's words is data: `nlu/noise.yml`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.language import normalise, pinyin
from nlu.classifier import Utterance

PATH = Path(__file__).parent / "noise.yml"
# One slip for so many characters, the rate of a hasty thumb.
CHARACTERS_A_SLIP = 9
# A slip in a shorter text may leave nothing to recognise.
SHORTEST_FOR_A_SLIP = 4
# So many of the sentences get a noisy copy; more of the objections, which come in more disguises.
SHARE_OF_COPIES, SHARE_OF_OBJECTIONS = 0.15, 0.75
SEED = 0


def noisy_copies(utterances: Sequence[Utterance], objections: Sequence[str]) -> Iterator[Utterance]:
    """Copies of some utterances as people in a hurry would type or pass them on; the same sentence gives the same copy.

    Only a customer's words, an objection, can be reported or stand behind the name of a trade.
    """
    of_anything: list[Callable[[str, random.Random], str]] = [mistyped, with_gaps, hesitating]
    of_objections = [*of_anything, reported, reported, introduced]
    for utterance in utterances:
        # Of its own: a new sentence must not change the copies of all others.
        chance = random.Random(f"{SEED} {utterance.text}")
        objecting = utterance.intents[0] in objections
        if chance.random() < (SHARE_OF_OBJECTIONS if objecting else SHARE_OF_COPIES):
            noise = chance.choice(of_objections if objecting else of_anything)
            copy = normalise(noise(utterance.text, chance))
            if copy != utterance.text:
                yield replace(utterance, text=copy)


@lru_cache(maxsize=1)
def _homophones() -> dict[str, str]:
    """Each toneless syllable with the common characters that sound like it (the first level of GB 2312)."""
    sounds: dict[str, str] = {}
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", errors="ignore")
            if character:
                sound = pinyin(character)
                sounds[sound] = sounds.get(sound, "") + character
    return sounds


@lru_cache(maxsize=1)
def _spoken() -> dict[str, list[str]]:
    content: dict[str, list[str]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return content


def mistyped(text: str, chance: random.Random) -> str:
    """Some characters replaced by others that sound the same: an input method's wrong choice."""
    characters = list(text)
    for place in _slips(text, chance):
        others = _homophones().get(pinyin(characters[place]), "").replace(characters[place], "")
        characters[place] = chance.choice(others) if others else characters[place]
    return "".join(characters)


def with_gaps(text: str, chance: random.Random) -> str:
    """Some characters left out."""
    slips = set(_slips(text, chance))
    return "".join(character for place, character in enumerate(text) if place not in slips)


def hesitating(text: str, chance: random.Random) -> str:
    """Words without meaning put before or behind, as in speech."""
    before = chance.choice(_spoken()["fillers_before"]) if chance.random() < 0.7 else ""
    behind = chance.choice(_spoken()["fillers_behind"]) if not before or chance.random() < 0.3 else ""
    return before + text + behind


def reported(text: str, chance: random.Random) -> str:
    """A customer's words inside a rep's report or question."""
    return chance.choice(_spoken()["reports"]).format(text)


def introduced(text: str, chance: random.Random) -> str:
    """A customer's words behind the name of a trade or a brand, which says nothing about the objection."""
    return chance.choice(_spoken()["introductions"]).format(chance.choice(_spoken()["topics"]), text)


def _slips(text: str, chance: random.Random) -> list[int]:
    """Places of Chinese characters that go wrong."""
    places = [place for place, character in enumerate(text) if "\u4e00" <= character <= "\u9fff"]
    if len(places) < SHORTEST_FOR_A_SLIP:
        return []
    return chance.sample(places, max(1, round(len(places) / CHARACTERS_A_SLIP)))
