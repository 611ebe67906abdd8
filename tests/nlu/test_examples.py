"""What the coach itself offers as an example must be understood: the registry's and those that `/start` quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from nlu.check import ROOT
from nlu.registry import registry

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa

pytestmark = pytest.mark.model
# What `/start` and `/help` quote, with the intent that it stands for.
OFFERED = {
    "太贵了": "too_expensive",
    "我要考虑一下": "think_it_over",
    "话很少，一直翻数据": "describe_customer",
    "他突然坐直盯着合同看": "report_signal",
    "拆散法怎么用": "ask_technique",
    "拜访前准备什么": "ask_preparation",
    "来一局对练": "start_drill",
    "换一个": "next_technique",
    "为什么": "ask_why",
    "他是老虎型的": "tell_style",
}


async def read_as(rasa: EmbeddedRasa, text: str) -> str:
    return str((await rasa.parse(text))["intent"]["name"])


@pytest.mark.parametrize("name", [name for name, entry in registry().intents.items() if entry.spoken])
async def test_the_example_of_an_intent_is_understood(rasa: EmbeddedRasa, name: str) -> None:
    assert await read_as(rasa, registry().intents[name].example) == name


def test_every_quoted_example_is_tested() -> None:
    content = yaml.safe_load((ROOT / "dialogues" / "domain" / "smalltalk.yml").read_text(encoding="utf-8"))
    shown = "".join(content["responses"][name][0]["text"] for name in ("utter_start", "utter_help"))
    assert set(re.findall("“(.*?)”", shown)) == set(OFFERED)


@pytest.mark.parametrize("text", OFFERED)
async def test_a_quoted_example_is_understood(rasa: EmbeddedRasa, text: str) -> None:
    assert await read_as(rasa, text) == OFFERED[text]
