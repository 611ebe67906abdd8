"""The customers of the drill: enough of them, of every kind, and every fault in the files is reported with a fix."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge.drill.choice import Wish, choose, fitting
from knowledge.drill.data import load_scenarios, scenarios
from knowledge.models import Knowledge, Style
from knowledge.problems import KnowledgeError
from tests.knowledge.conftest import SmallKnowledge

PRICE = "scenarios/too_expensive.yml"
ALL = list(scenarios().values())


@pytest.fixture
def folder(small: SmallKnowledge, known: Knowledge) -> SmallKnowledge:
    """All scenario files, ready to be broken."""
    for name in known.objections:
        small.copy_file(f"scenarios/{name}.yml")
    return small


def the_problem(folder: Path, known: Knowledge) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load_scenarios(folder, known)
    [problem] = caught.value.problems
    return str(problem)


def test_there_are_customers_for_everything(known: Knowledge) -> None:
    assert len(ALL) >= 40
    assert {scenario.objection for scenario in ALL} == known.objections.keys()
    styles = Counter(scenario.style for scenario in ALL)
    assert styles.keys() == {style.value for style in Style}
    assert min(styles.values()) >= 8
    assert len({scenario.industry for scenario in ALL}) >= 11
    assert {scenario.level for scenario in ALL} == {1, 2, 3}


def test_no_line_is_said_by_two_customers() -> None:
    lines = Counter(
        line
        for scenario in ALL
        for line in (
            scenario.opening,
            *scenario.hidden.lines,
            *scenario.second.lines,
            *sum(scenario.lines.values(), ()),
        )
    )
    assert [line for line, times in lines.items() if times > 1] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda entry: entry["second"].update(objection="nothing"), "expensive_saas_analyst.second: 'nothing' is unk"),
        (lambda entry: entry["hidden"].update(objection="nothing"), "expensive_saas_analyst.hidden: 'nothing' is unk"),
        (lambda entry: entry["second"].update(objection="too_expensive"), "second: is the first objection again"),
        (
            lambda entry: entry.update(id="expensive_home_driver"),
            "expensive_home_driver: 'expensive_home_driver' is used in",
        ),
        (lambda entry: entry.update(mood=""), "scenarios[0].mood"),
        (lambda entry: entry["lines"].pop("agrees"), "scenarios[0].lines: 'agrees' is a required property"),
    ],
)
def test_faults_are_told(folder: SmallKnowledge, known: Knowledge, change: Any, told: str) -> None:
    folder.edit(PRICE, lambda content: change(content["scenarios"][0]))
    assert told in the_problem(folder.folder, known)


def test_an_unknown_source_and_a_missing_file_are_told(folder: SmallKnowledge, known: Knowledge) -> None:
    folder.edit(PRICE, lambda content: content.update(sources=["S9-99"]))
    with pytest.raises(KnowledgeError, match=r"S9-99"):
        load_scenarios(folder.folder, known)
    (folder.folder / PRICE).unlink()
    assert "knowledge/scenarios/too_expensive.yml: file" in the_problem(folder.folder, known)


def test_a_wish_is_kept_where_it_can_be() -> None:
    wish = Wish(objection="too_expensive", style="driver")
    scenario, exact = choose(ALL, wish, {}, 1)
    assert (scenario.objection, scenario.style, exact) == ("too_expensive", "driver", True)
    scenario, exact = choose(ALL, Wish(objection="noncommittal", style="driver"), {}, 1)
    assert (scenario.objection, exact) == ("noncommittal", False)


def test_new_customers_first_and_the_easy_ones_before_the_hard() -> None:
    met: dict[str, int] = {}
    for seed in range(len(ALL)):
        scenario, _ = choose(ALL, Wish(), met, seed)
        met[scenario.id] = met.get(scenario.id, 0) + 1
    assert set(met.values()) == {1}
    levels = [scenarios()[name].level for name in met]
    assert levels == sorted(levels)


def test_the_seed_decides_between_equals() -> None:
    assert len({choose(ALL, Wish(), {}, seed)[0].id for seed in range(30)}) > 5
    assert len(fitting(ALL, Wish(level=3, style="contrarian"))) >= 3
