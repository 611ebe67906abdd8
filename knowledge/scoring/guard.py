"""What cannot be scored, with the reason: nothing to judge, no Chinese, a copy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from knowledge.language import normalise
from knowledge.scoring.values import Answer

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
LEAST_CHARACTERS = 4
# Brand and product names may be Latin; most of an answer must still be Chinese.
LEAST_CHINESE = 0.4
# From this share of equal characters on (0 to 100), a text is a copy.
COPY = 85


def unscorable(answer: Answer, tips: Iterable[str] = ()) -> str | None:
    """Id of the reason why an answer cannot be scored; `tips` are texts that anybody can look up in the coach."""
    text = normalise(answer.text)
    chinese, letters = len(_CHINESE.findall(text)), len(_LETTER.findall(text))
    if letters >= LEAST_CHARACTERS and chinese < LEAST_CHINESE * letters:
        return "not_chinese"
    if len(set(_CHINESE.findall(text))) < LEAST_CHARACTERS:
        return "too_short"
    if _is_copy(text, [answer.customer_line]):
        return "copied_customer"
    if _is_copy(text, [*answer.shown, *tips]):
        return "copied_tip"
    return None


def _is_copy(text: str, originals: list[str]) -> bool:
    found = process.extractOne(
        text,
        [normalise(original) for original in originals],
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=COPY,
    )
    return found is not None
