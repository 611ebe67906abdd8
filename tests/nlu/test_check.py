"""The check of the training data finds each kind of fault, and none in the product's data."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu import check
from nlu.registry import registry


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Just enough sentences for every intent, no two the same; a test breaks one thing."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, entry in registry().intents.items():
        least = check.LEAST_OBJECTION if entry.is_objection else check.LEAST_OTHER
        if entry.spoken:
            write(folder / f"{name}.yml", name, *(f"{name} 第 {number} 句" for number in range(least)))
    return folder


@pytest.fixture
def held_out(tmp_path: Path) -> Path:
    folder = tmp_path / "held_out"
    folder.mkdir()
    return folder


def write(path: Path, intent: str, *lines: str) -> None:
    """An NLU file with one block."""
    examples = "".join(f"    - {line}\n" for line in lines)
    path.write_text(f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{examples}', encoding="utf-8")


def test_the_products_training_data_is_clean() -> None:
    assert check.problems() == []


def test_the_folder_is_clean_before_it_is_broken(data: Path, held_out: Path) -> None:
    assert check.problems(data, held_out) == []


def test_an_unregistered_intent_is_found(data: Path, held_out: Path) -> None:
    write(data / "ask_weather.yml", "ask_weather", "明天下雨吗下雨吗", "今天几度来着")
    [problem] = check.problems(data, held_out)
    assert problem.startswith("ask_weather.yml: intent ask_weather: ")
    assert "register it" in problem


def test_both_halves_of_a_double_objection_must_be_registered(data: Path, held_out: Path) -> None:
    write(data / "more.yml", "too_expensive+too_cheap", "又贵又便宜是怎么回事")
    [problem] = check.problems(data, held_out)
    assert "intent too_cheap" in problem


def test_an_intent_without_utterances_is_found(data: Path, held_out: Path) -> None:
    (data / "ask_tip.yml").unlink()
    [problem] = check.problems(data, held_out)
    assert problem == f"nlu/data/intents/ask_tip.yml: has 0 utterances; write at least {check.LEAST_OTHER}"


def test_an_objection_needs_more_utterances_than_others(data: Path, held_out: Path) -> None:
    lines = [f"贵得离谱第{number}种说法" for number in range(check.LEAST_OBJECTION - 1)]
    write(data / "too_expensive.yml", "too_expensive", *lines)
    [problem] = check.problems(data, held_out)
    assert f"has {len(lines)} utterances; write at least {check.LEAST_OBJECTION}" in problem


def test_an_intent_of_buttons_only_must_not_be_spoken(data: Path, held_out: Path) -> None:
    write(data / "privacy.yml", "privacy", "你都记了我啥隐私")
    [problem] = check.problems(data, held_out)
    assert "spoken: false" in problem


def test_a_repeated_sentence_is_found_across_files(data: Path, held_out: Path) -> None:
    write(data / "one.yml", "ask_tip", "来一条没人写过的锦囊")
    write(data / "two.yml", "greet", "來一條 没人写过的锦囊！！！", "來一條没人写过的锦囊")
    [problem] = check.problems(data, held_out)
    assert problem.startswith("two.yml: “来一条没人写过的锦囊”: stands in one.yml too")


def test_a_repeated_sentence_is_found_within_a_file(data: Path, held_out: Path) -> None:
    write(data / "one.yml", "ask_tip", "来一条没人写过的锦囊", "来一条没人写过的锦囊")
    assert len(check.problems(data, held_out)) == 1


def test_a_held_out_sentence_that_is_trained_on_is_found(data: Path, held_out: Path) -> None:
    write(data / "one.yml", "ask_tip", "来一条没人写过的锦囊")
    write(held_out / "ask_tip.yml", "ask_tip", "来一条沒人寫過的锦囊", "再来一条没人写过的")
    [problem] = check.problems(data, held_out)
    assert problem.startswith("ask_tip.yml: “来一条没人写过的锦囊”: is trained on")


def test_several_faults_stand_in_one_report(data: Path, held_out: Path) -> None:
    (data / "ask_tip.yml").unlink()
    write(data / "one.yml", "ask_weather", "明天会不会下冰雹呢")
    write(data / "two.yml", "greet", "明天会不会下冰雹呢")
    assert len(check.problems(data, held_out)) == 3


def test_a_missing_folder_of_held_out_sentences_is_no_fault(data: Path, tmp_path: Path) -> None:
    assert check.problems(data, tmp_path / "nowhere") == []


def test_the_registry_tells_what_each_intent_is_measured_as() -> None:
    known = registry()
    assert len(known.objections) == 18
    assert known.label("next_technique") == "ask_technique"
    assert known.label("too_expensive") == "too_expensive"
    assert known.label("nlu_fallback") == "out_of_scope"


def test_a_registered_intent_says_what_a_rep_reads() -> None:
    for name, entry in registry().intents.items():
        assert entry.title.strip(), name
        assert entry.example.strip() or not entry.spoken, f"{name}: an example is missing"
        assert registry().label(entry.label) == entry.label, f"{name}: its label is measured as something else"
