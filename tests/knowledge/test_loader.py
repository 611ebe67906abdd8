"""Every fault in the knowledge data is reported with file, item and fix; the product's own data has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from knowledge.cross_checks import open_slots
from knowledge.loader import FOLDER, load
from knowledge.models import Knowledge, Style
from knowledge.problems import KnowledgeError, Problem
from tests.knowledge.conftest import OBJECTIONS, SIGNALS, SmallKnowledge

PRICE = "objections/too_expensive.yml"
PRICE_WORDS = "style_words/too_expensive.yml"
BREAKDOWN = "techniques/breakdown.yml"
SIGNAL = "signals/silence_after_price.yml"
DRIVER = "styles/driver.yml"
CLOSING = "cards/closing.yml"


def problems_of(small: SmallKnowledge) -> list[Problem]:
    """What loading the folder complains about."""
    with pytest.raises(KnowledgeError) as caught:
        load(small.folder)
    return caught.value.problems


def the_problem(small: SmallKnowledge) -> Problem:
    """The one complaint; all of its parts are there to read."""
    [problem] = problems_of(small)
    assert all((problem.file, problem.item, problem.found, problem.fix))
    return problem


# The product's own data ------------------------------------------------------------------------


def test_the_product_knows_its_subject(known: Knowledge) -> None:
    assert len(known.objections) == 18
    assert set(known.styles) == {style.value for style in Style}
    assert known.objections.keys() == known.style_words.keys()
    assert all(set(styles) == set(known.styles) for styles in known.style_words.values())


def test_every_file_is_read(known: Knowledge) -> None:
    for folder in ("objections", "techniques", "style_words", "styles", "signals"):
        assert {path.stem for path in (FOLDER / folder).glob("*.yml")} == set(getattr(known, folder)), folder
    assert {path.stem for path in (FOLDER / "cards").glob("*.yml")} == {card.topic for card in known.cards.values()}


def test_every_objection_has_another_technique_to_change_to(known: Knowledge) -> None:
    for objection in known.objections.values():
        ids = [use.id for use in objection.techniques]
        assert len(ids) >= 2, f"{objection.id}: “换一招” has nothing to change to"
        assert len(ids) == len(set(ids)), f"{objection.id}: a technique is offered twice"


def test_no_data_file_uses_a_key_twice() -> None:
    for path in FOLDER.rglob("*.yml"):
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        assert not list(repeated_keys(node)), path.relative_to(FOLDER)


def repeated_keys(node: yaml.Node | None) -> list[str]:
    """Keys that YAML silently lets the last one win of."""
    if isinstance(node, yaml.SequenceNode):
        return [key for child in node.value for key in repeated_keys(child)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    found = [key for key in set(keys) if keys.count(key) > 1]
    return found + [key for _, child in node.value for key in repeated_keys(child)]


def test_the_names_of_styles_cite_passages_that_exist(known: Knowledge) -> None:
    for guide in known.styles.values():
        assert {name.source for name in guide.names} <= known.sources.keys(), guide.id


# Faults of one file ----------------------------------------------------------------------------


def test_the_small_folder_is_sound_before_it_is_broken(small: SmallKnowledge) -> None:
    loaded = load(small.folder)
    assert set(loaded.objections) == set(OBJECTIONS)
    assert set(loaded.signals) == set(SIGNALS)


def test_broken_yaml_is_reported(small: SmallKnowledge) -> None:
    small.write(SIGNAL, "id: silence_after_price\n  title: [报价")
    problem = the_problem(small)
    assert problem.file == "knowledge/signals/silence_after_price.yml"
    assert "cannot be read" in problem.found
    assert "YAML" in problem.fix


def test_another_encoding_is_reported(small: SmallKnowledge) -> None:
    (small.folder / SIGNAL).write_bytes("id: 报价".encode("gb18030"))
    problem = the_problem(small)
    assert problem.file == f"knowledge/{SIGNAL}"
    assert "UTF-8" in problem.fix


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "text\n"], ids=["empty", "list", "text"])
def test_a_file_that_is_no_mapping_is_reported(small: SmallKnowledge, text: str) -> None:
    small.write(SIGNAL, text)
    assert the_problem(small).file == f"knowledge/{SIGNAL}"


def drop(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda content: content.pop(key)


def put(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content.update({key: value})


@pytest.mark.parametrize(
    ("file", "key"),
    [(PRICE, "behind"), (PRICE_WORDS, "styles"), (BREAKDOWN, "say"), (SIGNAL, "kind"), (DRIVER, "talk")],
)
def test_a_missing_key_is_reported(small: SmallKnowledge, file: str, key: str) -> None:
    small.edit(file, drop(key))
    problem = the_problem(small)
    assert problem.file == f"knowledge/{file}"
    assert f"'{key}'" in problem.found
    assert "add the missing key" in problem.fix


def test_a_missing_style_is_reported(small: SmallKnowledge) -> None:
    small.edit(PRICE_WORDS, lambda content: content["styles"].pop("contrarian"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{PRICE_WORDS}", "styles")
    assert "'contrarian'" in problem.found


def test_an_unknown_key_is_reported(small: SmallKnowledge) -> None:
    small.edit(BREAKDOWN, put("sya", "换个说法"))
    problem = the_problem(small)
    assert problem.file == f"knowledge/{BREAKDOWN}"
    assert "'sya'" in problem.found
    assert "remove or rename" in problem.fix


def test_a_text_that_is_too_long_tells_both_lengths(small: SmallKnowledge) -> None:
    small.edit(PRICE, lambda content: content["techniques"][1].update(say="长" * 111))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{PRICE}", "techniques[1].say")
    assert problem.fix == "shorten it to 110 characters (now 111)"
    assert len(problem.found) < 200, "a report must not repeat the whole text"


def test_a_wrong_choice_tells_the_right_ones(small: SmallKnowledge) -> None:
    small.edit(SIGNAL, put("kind", "bad"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{SIGNAL}", "kind")
    assert all(kind in problem.fix for kind in ("buying", "progress", "negative"))


@pytest.mark.parametrize(
    ("file", "key"), [(PRICE, "id"), (PRICE_WORDS, "id"), (BREAKDOWN, "id"), (SIGNAL, "id"), (CLOSING, "topic")]
)
def test_a_name_that_is_not_the_files_is_reported(small: SmallKnowledge, file: str, key: str) -> None:
    small.edit(file, put(key, "another_name"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{file}", "id")
    assert "'another_name'" in problem.found
    assert file.split("/")[1].removesuffix(".yml") in problem.fix


# Faults between files --------------------------------------------------------------------------


def test_an_unknown_technique_of_an_objection_is_reported(small: SmallKnowledge) -> None:
    small.edit(PRICE, lambda content: content["techniques"][0].update(id="hypnosis"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{PRICE}", "techniques")
    assert "'hypnosis'" in problem.found
    assert "knowledge/techniques/" in problem.fix


def test_an_unknown_technique_of_a_style_is_reported(small: SmallKnowledge) -> None:
    small.edit(PRICE_WORDS, lambda content: content["styles"]["driver"].update(technique="hypnosis"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{PRICE_WORDS}", "styles.driver.technique")


def test_an_unknown_objection_of_a_technique_is_reported(small: SmallKnowledge) -> None:
    small.edit(BREAKDOWN, lambda content: content["objections"].append("too_cheap"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{BREAKDOWN}", "objections")
    assert "'too_cheap'" in problem.found


@pytest.mark.parametrize("gone", [PRICE_WORDS, PRICE])
def test_objections_and_style_words_belong_together(small: SmallKnowledge, gone: str) -> None:
    (small.folder / gone).unlink()
    found = [problem for problem in problems_of(small) if "do not match" in problem.found]
    assert [problem.file for problem in found] == [f"knowledge/{PRICE_WORDS}"]
    assert "two folders" in found[0].fix


@pytest.mark.parametrize(
    ("file", "change"),
    [
        (PRICE, lambda content: content["techniques"][0].update(say="这款{brnad}很好。")),
        (PRICE_WORDS, lambda content: content["styles"]["driver"].update(say="这款{brnad}很好。")),
        (BREAKDOWN, put("say", "这款{brnad}很好。")),
        (SIGNAL, put("say", "这款{brnad}很好。")),
        (DRIVER, put("opening", "这款{brnad}很好。")),
    ],
    ids=["objection", "style_words", "technique", "signal", "style"],
)
def test_an_unknown_open_slot_is_reported(
    small: SmallKnowledge, file: str, change: Callable[[dict[str, Any]], None]
) -> None:
    small.edit(file, change)
    problem = the_problem(small)
    assert problem.file == f"knowledge/{file}"
    assert "'brnad'" in problem.found
    assert "slots.yml" in problem.fix


def test_a_stray_brace_is_reported(small: SmallKnowledge) -> None:
    small.edit(SIGNAL, put("say", "这款{很好。"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{SIGNAL}", "say")
    assert "brace" in problem.found


@pytest.mark.parametrize("file", [PRICE, BREAKDOWN, SIGNAL, DRIVER])
def test_an_unknown_source_is_reported(small: SmallKnowledge, file: str) -> None:
    small.edit(file, lambda content: content["sources"].append("S3-99"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{file}", "sources")
    assert "'S3-99'" in problem.found
    assert "sources.yml" in problem.fix


def test_an_unknown_source_of_a_card_names_the_card(small: SmallKnowledge) -> None:
    small.edit(CLOSING, lambda content: content["cards"][1].update(sources=["S3-99"]))
    problem = the_problem(small)
    assert (problem.file, problem.item) == (f"knowledge/{CLOSING}", "closing_signals_by_type")


def test_a_card_id_that_two_topics_use_is_reported_with_both_files(small: SmallKnowledge) -> None:
    small.edit("cards/sales_funnel.yml", lambda content: content["cards"][0].update(id="closing_signals_all"))
    problem = the_problem(small)
    assert (problem.file, problem.item) == ("knowledge/cards/sales_funnel.yml", "closing_signals_all")
    assert "closing.yml" in problem.found


@pytest.mark.parametrize(
    ("file", "change"),
    [
        (DRIVER, lambda content: content["names"][0].update(source="S3-99")),
        (CLOSING, lambda content: content["cards"][0].update(short="现在买有{brnad}。")),
        (BREAKDOWN, put("avoid", "别说{brand}。")),
    ],
    ids=["source of a style's name", "slot of a card", "slot where none is filled"],
)
def test_what_would_fail_or_show_a_brace_later_is_reported(
    small: SmallKnowledge, file: str, change: Callable[[dict[str, Any]], None]
) -> None:
    small.edit(file, change)
    assert the_problem(small).file == f"knowledge/{file}"


def test_a_missing_style_guide_is_reported(small: SmallKnowledge) -> None:
    (small.folder / DRIVER).unlink()
    assert "driver" in str(problems_of(small))


@pytest.mark.parametrize(
    ("file", "text"),
    [("sources.yml", ""), ("sources.yml", "- a"), ("sources.yml", "S0-33: {seed: '000'}"), ("slots.yml", "x")],
)
def test_a_list_of_sources_or_slots_of_another_form_is_reported(small: SmallKnowledge, file: str, text: str) -> None:
    small.write(file, text)
    assert any(problem.file == f"knowledge/{file}" for problem in problems_of(small))


def test_several_faults_stand_in_one_report(small: SmallKnowledge) -> None:
    small.write(SIGNAL, "id: [")
    small.edit(PRICE, drop("behind"))
    small.edit(BREAKDOWN, lambda content: content.update(idea="长" * 51, why="长" * 61))
    small.edit(DRIVER, put("id", "tiger"))
    found = problems_of(small)
    assert sorted(problem.file for problem in found) == sorted(
        f"knowledge/{file}" for file in (BREAKDOWN, BREAKDOWN, DRIVER, PRICE, SIGNAL)
    )


def test_several_faults_between_files_stand_in_one_report(small: SmallKnowledge) -> None:
    small.edit(PRICE, lambda content: content["techniques"][0].update(id="hypnosis"))
    small.edit(SIGNAL, put("say", "这款{brnad}很好。"))
    small.edit(BREAKDOWN, lambda content: content["sources"].append("S3-99"))
    assert {problem.file for problem in problems_of(small)} == {
        f"knowledge/{file}" for file in (PRICE, SIGNAL, BREAKDOWN)
    }


def test_the_error_reads_as_one_line_a_fault(small: SmallKnowledge) -> None:
    small.edit(PRICE, drop("behind"))
    small.edit(SIGNAL, drop("kind"))
    with pytest.raises(KnowledgeError) as caught:
        load(small.folder)
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"knowledge/{PRICE}: ")
    assert "; add the missing key" in lines[0]


def test_open_slots_are_found_by_name() -> None:
    assert open_slots("这款{brand}用{period}，按{period}算") == {"brand", "period"}
    assert open_slots("没有空位") == set()
