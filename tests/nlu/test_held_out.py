"""Sentences that were never trained on, read by the trained model, all labels against each other.

The floors stand a few points below what was measured when they were written; a fall below one is a loss to look into.
`pytest -s` shows the confusions of a passing run too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from nlu.check import HELD_OUT, Sentence, sentences
from nlu.registry import registry

if TYPE_CHECKING:
    from dialogues.embedded import EmbeddedRasa

# One process reads all sentences once for all of these tests.
pytestmark = [pytest.mark.model, pytest.mark.xdist_group("held_out")]

# Measured when written: 0.87 of all sentences, 0.68 at the weakest label, 0.90 of styles, 0.86 of signals; both of two
# objections heard 0.44, a second one invented 0.01.
LEAST_OVERALL = 0.84
LEAST_OF_A_LABEL = 0.60
LEAST_STYLES = 0.86
LEAST_SIGNALS = 0.82
LEAST_BOTH_OBJECTIONS = 0.38
MOST_INVENTED_OBJECTIONS = 0.05
# Fewer sentences than this say too little about one label.
ENOUGH_SENTENCES = 12


@dataclass(frozen=True)
class Answer:
    """What the model made of a sentence; `label` as `coach parse` reports it."""

    sentence: Sentence
    label: str
    entities: dict[str, str]

    @property
    def expected(self) -> str:
        """The label of the sentence; of two objections the main one."""
        return registry().label(self.sentence.base.partition("+")[0])

    @property
    def is_right(self) -> bool:
        return self.label == self.expected


@pytest.fixture(scope="module")
async def answers(rasa: EmbeddedRasa) -> list[Answer]:
    """Every held-out sentence, read once."""
    return [answer_of(sentence, await rasa.parse(sentence.text)) for sentence in sentences(HELD_OUT)]


def answer_of(sentence: Sentence, parsed: dict[str, Any]) -> Answer:
    """The best intent, also where it is too unsure to act on; the first entity of each kind."""
    best = next(entry["name"] for entry in parsed["intent_ranking"] if entry["name"] != "nlu_fallback")
    entities = {entity["entity"]: entity["value"] for entity in reversed(parsed["entities"])}
    return Answer(sentence, registry().label(best), entities)


def single(answers: list[Answer]) -> list[Answer]:
    """Without the sentences that hold two objections."""
    return [answer for answer in answers if "+" not in answer.sentence.intent]


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


def confusions(answers: list[Answer]) -> str:
    """Expected → read instead: sentence, most frequent pairs first."""
    wrong = [answer for answer in answers if not answer.is_right]
    pairs = Counter((answer.expected, answer.label) for answer in wrong)
    wrong.sort(key=lambda answer: (-pairs[answer.expected, answer.label], answer.expected, answer.label))
    return "\n".join(f"{answer.expected} → {answer.label}: {answer.sentence.text}" for answer in wrong)


def test_every_spoken_intent_has_held_out_sentences(answers: list[Answer]) -> None:
    tested = {name for answer in answers for name in answer.sentence.base.split("+")}
    assert {name for name, entry in registry().intents.items() if entry.spoken} <= tested


def test_most_sentences_are_read_right(answers: list[Answer]) -> None:
    report = confusions(single(answers))
    right = share([answer.is_right for answer in single(answers)])
    print(f"\n{right:.3f} of {len(single(answers))} held-out sentences are right; the others:\n{report}")
    assert right >= LEAST_OVERALL, report


def test_no_label_is_lost_to_the_others(answers: list[Answer]) -> None:
    shares = {}
    for label in {answer.expected for answer in answers}:
        results = [answer.is_right for answer in single(answers) if answer.expected == label]
        if len(results) >= ENOUGH_SENTENCES:
            shares[label] = share(results)
    weakest = sorted(shares.items(), key=lambda item: item[1])[:8]
    print("\nweakest labels: " + ", ".join(f"{label} {value:.2f}" for label, value in weakest))
    assert weakest[0][1] >= LEAST_OF_A_LABEL, weakest


@pytest.mark.parametrize(
    ("intent", "entity", "least"),
    [("describe_customer", "style", LEAST_STYLES), ("report_signal", "signal_kind", LEAST_SIGNALS)],
)
def test_the_variant_of_a_description_is_read(answers: list[Answer], intent: str, entity: str, least: float) -> None:
    read = [a for a in answers if a.sentence.base == intent and "/" in a.sentence.intent and entity in a.entities]
    wrong = [a for a in read if a.entities[entity] != a.sentence.intent.partition("/")[2]]
    report = "\n".join(f"{a.sentence.intent} → {a.entities[entity]}: {a.sentence.text}" for a in wrong)
    right = 1 - len(wrong) / len(read)
    print(f"\n{entity}: {right:.3f} of {len(read)}\n{report}")
    assert right >= least, report


def test_two_objections_are_both_heard(answers: list[Answer]) -> None:
    double = [answer for answer in answers if "+" in answer.sentence.intent]
    heard = [{a.label, a.entities.get("second_objection")} == set(a.sentence.base.split("+")) for a in double]
    print(f"\nboth objections: {share(heard):.3f} of {len(double)}")
    assert share(heard) >= LEAST_BOTH_OBJECTIONS


def test_a_second_objection_is_rarely_invented(answers: list[Answer]) -> None:
    plain = [answer for answer in single(answers) if answer.sentence.base in registry().objections]
    invented = ["second_objection" in answer.entities for answer in plain]
    print(f"\ninvented second objections: {share(invented):.3f} of {len(plain)}")
    assert share(invented) <= MOST_INVENTED_OBJECTIONS
